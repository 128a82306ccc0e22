import type { LocalizedText } from "../base/index.ts";

/** Certificates that cannot be made as asked: what is wrong, and what to do about it. */
export class CertError extends Error {
  override readonly name = "CertError";
  readonly text: LocalizedText;

  constructor(text: LocalizedText, options?: ErrorOptions) {
    super(text.en, options);
    this.text = text;
  }
}
