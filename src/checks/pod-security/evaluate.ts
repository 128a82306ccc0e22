import type { LocalizedText } from "../../base/index.ts";
import type { Pod } from "../../facts/index.ts";
import type { PodSecurity, PodSecurityVerdict } from "../../findings/index.ts";
import type { PodViolation } from "../pods/violation.ts";
import type { PodSecurityControl } from "./control.ts";
import { POD_SECURITY_CONTROLS } from "./list.ts";

/** A control that refuses a pod, and everything that it objects to. */
export interface RefusingControl {
  readonly control: PodSecurityControl;
  readonly violations: readonly PodViolation[];
}

/** The verdict of both levels, and what each control objects to. */
export interface PodSecurityEvaluation {
  readonly verdict: PodSecurity;
  /** Of both levels, each control once. */
  readonly refusing: readonly RefusingControl[];
}

/**
 * Evaluates a pod at a version of the policy as Kubernetes' admission does: the baseline controls, and at the restricted
 * level the restricted ones with the baseline ones that none of them takes the place of. `minor` from
 * {@link podSecurityMinor}. Pure.
 */
export function evaluatePodSecurity(pod: Pod, minor: number): PodSecurityEvaluation {
  const inForce = POD_SECURITY_CONTROLS.flatMap((control) => {
    const reading = control.versions.findLast(({ from }) => from <= minor);
    return reading === undefined ? [] : [{ control, reading }];
  });
  const overridden = new Set(inForce.map(({ control }) => control.overrides));
  const refusing = inForce
    .map(({ control, reading }) => ({ control, violations: reading.find(pod) }))
    .filter(({ violations }) => violations.length > 0);
  return {
    verdict: {
      version: `v1.${minor}`,
      baseline: verdictOf(
        pod,
        refusing.filter(({ control }) => control.level === "baseline"),
      ),
      restricted: verdictOf(
        pod,
        refusing.filter(({ control }) => control.level === "restricted" || !overridden.has(control.id)),
      ),
    },
    refusing,
  };
}

function verdictOf(pod: Pod, refusing: readonly RefusingControl[]): PodSecurityVerdict {
  return {
    allowed: refusing.length === 0,
    violations: refusing.map(({ control, violations }) => ({
      control: control.id,
      detail: joined(violations.map(({ detail }) => detail)),
      location: pod.where(violations[0]?.path ?? []),
    })),
  };
}

/** How many violations of one control are written out. */
const DETAILS_MAX = 8;

function joined(details: readonly LocalizedText[]): LocalizedText {
  const named = details.slice(0, DETAILS_MAX);
  const left = details.length - named.length;
  return {
    en: named.map(({ en }) => en).join("; ") + (left > 0 ? `; ${left} more` : ""),
    ja: named.map(({ ja }) => ja).join("。") + (left > 0 ? `。ほか ${left} 件` : ""),
  };
}
