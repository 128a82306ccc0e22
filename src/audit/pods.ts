import { fingerprint } from "../base/index.ts";
import { applyPodRules, evaluatePodSecurity, type PodSecurityEvaluation } from "../checks/index.ts";
import type { HostFacts, Pod, PodPath, Workload } from "../facts/index.ts";
import type { Finding } from "../findings/index.ts";

/** Evaluations by pod and version: the containers of a pod share one. */
const evaluations = new WeakMap<Pod, Map<number, PodSecurityEvaluation>>();

/**
 * What the Pod Security Standards say of the pod of a workload; `undefined` when there is none. Of an object that the
 * API server refuses it is said of what could be read.
 */
export function podSecurityOf({ surroundings }: Workload, minor: number): PodSecurityEvaluation | undefined {
  const membership = surroundings.pod;
  if (membership === undefined) {
    return undefined;
  }
  const known = evaluations.get(membership.pod) ?? new Map<number, PodSecurityEvaluation>();
  evaluations.set(membership.pod, known);
  const evaluation = known.get(minor) ?? evaluatePodSecurity(membership.pod, minor);
  known.set(minor, evaluation);
  return evaluation;
}

/** What the rules about pods report of one container. */
export function podFindings(workload: Workload, evaluation: PodSecurityEvaluation | undefined): readonly Finding[] {
  const membership = workload.surroundings.pod;
  if (membership === undefined) {
    return [];
  }
  const repeated = new Map<string, number>();
  return applyPodRules(membership, evaluation).map(({ rule, violation }) => {
    const field = fieldName(violation.path);
    const key = `${rule.id} ${field}`;
    const count = repeated.get(key) ?? 0;
    repeated.set(key, count + 1);
    return {
      id: rule.id,
      severity: rule.severity,
      certainty: "yes",
      title: rule.title,
      message: {
        en: `${upperFirst(violation.detail.en)}. ${rule.explanation.en}`,
        ja: `${violation.detail.ja}。${rule.explanation.ja}`,
      },
      location: membership.pod.where(violation.path),
      aliases: { ...rule.aliases, ...violation.aliases },
      fingerprint: fingerprint(rule.id, workload.id, count === 0 ? field : `${field}~${count + 1}`),
    };
  });
}

/** The position in a list does not count, so that a finding stays the same when others come and go. */
const fieldName = (path: PodPath): string => path.filter((part) => typeof part === "string").join(".");

const upperFirst = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const nodes = new WeakMap<HostFacts, HostFacts>();

/** The host of a pod is a node, whatever else is known of it. */
export function hostOfWorkload(workload: Workload, host: HostFacts): HostFacts {
  if (workload.kind !== "pod" || host.values.kubelet !== undefined) {
    return host;
  }
  let node = nodes.get(host);
  if (node === undefined) {
    node = { values: { ...host.values, kubelet: true }, where: host.where };
    nodes.set(host, node);
  }
  return node;
}
