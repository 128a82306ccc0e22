import type { LocalizedText } from "../../base/index.ts";
import type { DescribedImage } from "../../facts/index.ts";
import type { Severity } from "../../findings/index.ts";

/** A rule about the configuration of an image. An image gives nobody the host by itself, so none is critical. */
export interface ImageCheck {
  /** Never renamed or reused once released. Also the file's name. */
  readonly id: string;
  readonly severity: Exclude<Severity, "critical">;
  readonly title: LocalizedText;
  /** Why it matters, and what to do instead. */
  readonly explanation: LocalizedText;
  /** Numbers of the same thing elsewhere, by catalogue. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  /** The fields that are reported, as `docker image inspect` names them. */
  readonly find: (image: DescribedImage) => readonly string[];
  /** `Config` of `docker image inspect`. */
  readonly examples: { readonly flagged: readonly object[]; readonly clean: readonly object[] };
}

/** Declares a check of images. */
export const imageCheck = (definition: ImageCheck): ImageCheck => definition;
