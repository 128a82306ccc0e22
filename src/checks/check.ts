import type { LocalizedText } from "../base/index.ts";
import type { Expression, HostValues } from "../facts/index.ts";
import type { Severity } from "../findings/index.ts";

/**
 * A `docker run` line, with the host that it is run on where that matters; or a Compose file whose first service is
 * meant.
 */
export type CheckExample = string | { readonly line: string; readonly host: HostValues } | { readonly compose: string };

/** What makes a check fall silent. */
export interface Remedy {
  readonly summary: LocalizedText;
  /** In the edit language of docs/edits.md. Absent where the right value is not ours to choose. */
  readonly edit?: string;
}

/**
 * A rule that is not an escape: a protection that is missing, or a setting that widens what an escape would find. Data
 * only, as a technique is. Escapes are techniques; the numbers of benchmarks that a technique already covers stand
 * there.
 */
export interface Check {
  /** Never renamed or reused once released. Also the file's name. */
  readonly id: string;
  /** Never above low: a check must not stand before an escape. */
  readonly severity: Extract<Severity, "low" | "info">;
  readonly title: LocalizedText;
  /** Why it matters, and what to do instead. */
  readonly explanation: LocalizedText;
  /** The check reports when this holds. */
  readonly needs: Expression;
  /** Where the report points to when no field of the configuration decided. */
  readonly field: string;
  readonly remedy: Remedy;
  /** Numbers of the same thing in benchmarks, by versioned catalogue. Only the numbers; the words are ours. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
  readonly examples: {
    /** The check reports for certain. */
    readonly flagged: readonly CheckExample[];
    /** It reports if an unknown fact falls the wrong way. */
    readonly possible?: readonly CheckExample[];
    /** It does not report. The nearest neighbours. */
    readonly clean: readonly CheckExample[];
  };
}

/** Declares a check. */
export const check = (definition: Check): Check => definition;
