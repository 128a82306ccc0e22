import type { LocalizedText } from "../../base/index.ts";

/** Why a request is refused before it is judged. Stable words. */
export type DecodeRefusalCode =
  /** The request line is not one that an honest client writes. */
  | "bad-target"
  /** The path has another form than the canonical one: escapes, dot segments, double slashes. */
  | "path-not-canonical"
  | "bad-version"
  | "version-not-supported"
  | "route-not-in-catalogue"
  | "query-malformed"
  | "query-duplicate"
  | "query-value"
  | "header-malformed"
  /** Lengths or codings that two readers could understand in two ways. */
  | "framing"
  | "media-type"
  /** An upgrade on a route that takes no connection over. */
  | "upgrade-not-here"
  | "body-missing"
  | "body-not-utf8"
  | "body-syntax"
  | "body-type";

/** A request that was refused, in words for its sender. */
export interface DecodeRefusal {
  readonly code: DecodeRefusalCode;
  /** The field, parameter or header that it is about. */
  readonly field?: string;
  readonly message: LocalizedText;
}

/** Thrown inside this folder only; `decodeRequest` returns it. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly refusal: DecodeRefusal;

  constructor(code: DecodeRefusalCode, message: LocalizedText, field?: string) {
    super(message.en);
    this.refusal = { code, message, ...(field !== undefined && { field }) };
  }
}
