import type { TreePath } from "../yaml/index.ts";

/** Where the pod of an object of a built-in kind stands: metadata and spec lie below this path. */
const POD_PATHS: ReadonlyMap<string, TreePath> = new Map<string, TreePath>([
  ["Pod", []],
  ["PodTemplate", ["template"]],
  ["ReplicationController", ["spec", "template"]],
  ["Deployment", ["spec", "template"]],
  ["ReplicaSet", ["spec", "template"]],
  ["StatefulSet", ["spec", "template"]],
  ["DaemonSet", ["spec", "template"]],
  ["Job", ["spec", "template"]],
  ["CronJob", ["spec", "jobTemplate", "spec", "template"]],
  // OpenShift's own, before Deployment existed.
  ["DeploymentConfig", ["spec", "template"]],
]);

/** Groups of the API that have such kinds; `""` is core. */
const POD_GROUPS: ReadonlySet<string> = new Set(["", "apps", "extensions", "batch", "apps.openshift.io"]);

/** Groups of the API that Kubernetes itself serves, besides those that end in `.k8s.io`. */
const BUILT_IN_GROUPS: ReadonlySet<string> = new Set(["", "apps", "extensions", "batch", "autoscaling", "policy"]);

/** `apps` of `apps/v1`; `""` of `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf("/");
  return slash === -1 ? "" : apiVersion.slice(0, slash);
}

/** Where the pod of an object is; `undefined` when the kind holds none. */
export function podPathOf(kind: string, apiVersion: string): TreePath | undefined {
  return POD_GROUPS.has(groupOf(apiVersion)) ? POD_PATHS.get(kind) : undefined;
}

/** Whether Kubernetes itself serves this kind of object, so that it is known to hold no pod. */
export function isBuiltIn(apiVersion: string): boolean {
  const group = groupOf(apiVersion);
  return BUILT_IN_GROUPS.has(group) || group.endsWith(".k8s.io") || group === "kubeadm.k8s.io";
}

/** The kind of the items of a list (`Pod` of `PodList`); `undefined` when it is no list, `""` when the items say. */
export function itemKindOf(kind: string): string | undefined {
  return kind === "List" ? "" : kind.endsWith("List") ? kind.slice(0, -"List".length) : undefined;
}
