import type { LocalizedText } from "../base/index.ts";
import type { Place } from "../facts/index.ts";

/** What the Pod Security Standards say of a pod, at one version of the policy. */
export interface PodSecurity {
  /** `v1.37`: the version that was evaluated. */
  readonly version: string;
  readonly baseline: PodSecurityVerdict;
  readonly restricted: PodSecurityVerdict;
}

/** Whether a namespace that enforces a level lets the pod in. */
export interface PodSecurityVerdict {
  readonly allowed: boolean;
  /** One entry for each control that refuses it. */
  readonly violations: readonly PodSecurityViolation[];
}

/** A control that refuses a pod. */
export interface PodSecurityViolation {
  /** The control's name in the standard, for example `hostNamespaces`. */
  readonly control: string;
  readonly detail: LocalizedText;
  readonly location: Place;
}
