import type { Expression } from "../expression.ts";
import type { Known } from "../known.ts";
import { type ContainerView, containerFact } from "./fact.ts";
import { told } from "./host.ts";

/** Fields that a manifest or the host facts tell. */
type PodField = "procMount" | "shareProcessNamespace" | "automountServiceAccountToken" | "hostProcess";

const podField = ({ container, host }: ContainerView, name: PodField): unknown =>
  container.workload.surroundings.pod?.[name] ?? host.values.k8s?.[name];

const podFrom =
  (name: string) =>
  ({ container }: ContainerView): readonly string[] => [
    container.workload.surroundings.pod === undefined ? "host.k8s" : `Pod.${name}`,
  ];

/** Certain for pods; possible where a kubelet's settings are known, for then containers there are usually a pod's. */
function isPod({ container, host }: ContainerView): Known {
  if (container.workload.kind === "pod" || host.values.k8s !== undefined) {
    return "yes";
  }
  return host.values.seccompDefault !== undefined || host.values.kubelet === true ? "unknown" : "no";
}

/** Words of Kubernetes. */
export const kubernetes = {
  pod: containerFact("k8s.pod", isPod, podFrom("kind")),
  /** Tokens are mounted unless the pod or its account says otherwise. */
  tokenMounted: containerFact(
    "k8s.token-mounted",
    (view) => (podField(view, "automountServiceAccountToken") === false ? "no" : isPod(view)),
    podFrom("automountServiceAccountToken"),
  ),
  procMountUnmasked: containerFact(
    "k8s.procmount-unmasked",
    (view) => (podField(view, "procMount") === "Unmasked" ? "yes" : "no"),
    podFrom("procMount"),
  ),
  shareProcessNamespace: containerFact(
    "k8s.share-pid",
    (view) => (podField(view, "shareProcessNamespace") === true ? "yes" : "no"),
    podFrom("shareProcessNamespace"),
  ),
  /** A Windows container that runs as a process of its host. */
  hostProcess: containerFact(
    "k8s.host-process",
    (view) => (podField(view, "hostProcess") === true ? "yes" : "no"),
    podFrom("hostProcess"),
  ),
  /** What the pod's account may do. The default account may do nothing; only the cluster knows more. */
  rbac: (verb: string): Expression => told(`k8s.rbac(${verb})`, verb === "nodes/log" ? "unknown" : "no"),
  /** The namespace of the pod refuses what the baseline standard refuses. */
  baselineEnforced: containerFact(
    "k8s.psa(baseline)",
    ({ host }) => host.values.facts?.["k8s.psa(baseline)"] ?? "unknown",
    () => ["host.facts"],
    { negatable: true },
  ),
};
