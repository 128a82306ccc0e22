import type { LocalizedText } from "../../base/index.ts";
import type { Pod, PodMembership } from "../../facts/index.ts";
import type { Severity } from "../../findings/index.ts";
import { POD_SECURITY_CONTROLS, type PodSecurityControl, type PodSecurityEvaluation } from "../pod-security/index.ts";
import { POD_RULES } from "./list.ts";
import type { PodViolation } from "./violation.ts";

/** A rule about pods in the form that reports know. */
export interface PodRuleText {
  readonly id: string;
  readonly severity: Extract<Severity, "low" | "info">;
  readonly title: LocalizedText;
  readonly explanation: LocalizedText;
  readonly aliases: Readonly<Record<string, readonly string[]>>;
}

/** A rule about pods that reports something of one container. */
export interface AppliedPodRule {
  readonly rule: PodRuleText;
  readonly violation: PodViolation;
}

/** `pss-host-namespaces` of `hostNamespaces`. */
export const controlRuleId = (control: string): string =>
  `pss-${control.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll("_", "-")}`;

/** What baseline refuses is worth more than what only restricted refuses. */
const ofControl = (control: PodSecurityControl): PodRuleText => ({
  id: controlRuleId(control.id),
  severity: control.level === "baseline" ? "low" : "info",
  title: control.title,
  explanation: control.explanation,
  aliases: { "pod-security-standards": [`${control.level}/${control.id}`], ...control.aliases },
});

const OF_CONTROLS: ReadonlyMap<string, PodRuleText> = new Map(
  POD_SECURITY_CONTROLS.map((control) => [control.id, ofControl(control)]),
);

/** Every rule about pods: the controls of the standards, then the others. */
export const ALL_POD_RULES: readonly PodRuleText[] = [
  ...OF_CONTROLS.values(),
  ...POD_RULES.map(({ id, severity, title, explanation, aliases = {} }) => ({
    id,
    severity,
    title,
    explanation,
    aliases,
  })),
];

const OTHERS: ReadonlyMap<string, PodRuleText> = new Map(ALL_POD_RULES.map((rule) => [rule.id, rule]));

/** What every rule reports of a pod; asked for each of its containers in turn. */
const reported = new WeakMap<Pod | PodSecurityEvaluation, readonly AppliedPodRule[]>();

function reportedOf(pod: Pod, evaluation: PodSecurityEvaluation | undefined): readonly AppliedPodRule[] {
  let all = reported.get(evaluation ?? pod);
  if (all === undefined) {
    const applied = (rule: PodRuleText | undefined, violations: readonly PodViolation[]): readonly AppliedPodRule[] =>
      rule === undefined ? [] : violations.map((violation) => ({ rule, violation }));
    all = [
      ...(evaluation?.refusing ?? []).flatMap(({ control, violations }) =>
        applied(OF_CONTROLS.get(control.id), violations),
      ),
      ...POD_RULES.flatMap((rule) => applied(OTHERS.get(rule.id), rule.find(pod))),
    ];
    reported.set(evaluation ?? pod, all);
  }
  return all;
}

/**
 * What the rules report of one container. What concerns the whole pod is reported with the container that speaks for
 * it, once. `evaluation`: of the same pod, always the same one; absent when the API server would not take it.
 */
export function applyPodRules(
  { pod, member, speaksForPod }: PodMembership,
  evaluation: PodSecurityEvaluation | undefined,
): readonly AppliedPodRule[] {
  const own = member.path.join();
  return reportedOf(pod, evaluation).filter(({ violation: { container } }) =>
    container === undefined ? speaksForPod : container.path.join() === own,
  );
}
