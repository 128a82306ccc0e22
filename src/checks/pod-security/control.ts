import type { LocalizedText } from "../../base/index.ts";
import type { Pod } from "../../facts/index.ts";
import type { PodViolation } from "../pods/violation.ts";

/** The two levels that refuse something. */
export type PodSecurityLevel = "baseline" | "restricted";

/** One reading of a control, in force from a version of the policy until the next reading. */
export interface ControlVersion {
  /** Minor number of the first version: 19 is v1.19. */
  readonly from: number;
  /** What refuses the pod; nothing when it is allowed. */
  readonly find: (pod: Pod) => readonly PodViolation[];
}

/** A control of the Pod Security Standards (kubernetes.io/docs/concepts/security/pod-security-standards). */
export interface PodSecurityControl {
  /** The standard's own name, as Kubernetes' evaluator has it. */
  readonly id: string;
  readonly level: PodSecurityLevel;
  readonly title: LocalizedText;
  readonly explanation: LocalizedText;
  /** In the order of their versions. */
  readonly versions: readonly ControlVersion[];
  /** The baseline control whose place this one takes at the restricted level, from its own first version on. */
  readonly overrides?: string;
  /** Numbers of the same thing in other catalogues. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
  readonly examples: {
    /** Pod specs in YAML that the newest reading refuses. */
    readonly refused: readonly string[];
    /** The nearest neighbours that it lets in. */
    readonly allowed: readonly string[];
  };
}

/** Declares a control. */
export const control = (definition: PodSecurityControl): PodSecurityControl => definition;
