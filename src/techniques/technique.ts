import { invariant, type LocalizedText } from "../base/index.ts";
import type { Expression, HostValues } from "../facts/index.ts";
import { isGain, type Severity } from "../findings/index.ts";

/** How we know that a technique works. */
export type Basis =
  /** The precondition was met in a real container and the decisive call was seen to succeed. */
  | "measured"
  /** Read in the source of the kernel or the engine. */
  | "read-in-source"
  /** Described by others; the page names them. */
  | "documented"
  /** Concluded from the above. */
  | "reasoned";

/** A `docker run` line, and the host that it is run on where that matters. */
export type Example = string | { readonly line: string; readonly host: HostValues };

/** One way to turn facts into a gain. Data only: verdict, proof, remedy and page all come from it. */
export interface Technique {
  /** Never renamed or reused once released. Also the file's name. */
  readonly id: string;
  /** ATT&CK v17 ids. */
  readonly attack: readonly string[];
  readonly severity: Severity;
  readonly title: LocalizedText;
  /** Why it works and what stops it, in two to five sentences. */
  readonly explanation: LocalizedText;
  readonly basis: Basis;
  readonly needs: Expression;
  /** Gains; none: a setting that looks alarming or is wasteful, and leads nowhere. */
  readonly gains: readonly string[];
  /** Numbers of the same thing in benchmarks, by versioned catalogue. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
  readonly examples: {
    /** The technique applies for certain. */
    readonly open: readonly Example[];
    /** It applies if an unknown fact falls the wrong way. */
    readonly possible?: readonly Example[];
    /** It does not apply. The nearest harmless neighbours. */
    readonly closed: readonly Example[];
  };
}

/** Declares a technique. Throws when it names a gain that is not in the catalogue of gains. */
export function technique(definition: Technique): Technique {
  for (const gain of definition.gains) {
    invariant(isGain(gain), `${definition.id} gives ${gain}, which is not in the catalogue of gains`);
  }
  return definition;
}
