import type { LocalizedText } from "../../base/index.ts";
import type { Pod } from "../../facts/index.ts";
import type { Severity } from "../../findings/index.ts";
import type { PodViolation } from "./violation.ts";

/** A rule about pods that is not an escape and not in the Pod Security Standards. */
export interface PodRule {
  /** Never renamed or reused once released. Also the file's name. */
  readonly id: string;
  /** Never above low: a rule must not stand before an escape. */
  readonly severity: Extract<Severity, "low" | "info">;
  readonly title: LocalizedText;
  /** Why it matters, and what to do instead. */
  readonly explanation: LocalizedText;
  readonly find: (pod: Pod) => readonly PodViolation[];
  /** Numbers of the same thing in other catalogues. Only the numbers; the words are ours. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
  /** Pod specs, or whole manifests, in YAML. */
  readonly examples: { readonly flagged: readonly string[]; readonly clean: readonly string[] };
}

/** Declares a rule. */
export const podRule = (definition: PodRule): PodRule => definition;
