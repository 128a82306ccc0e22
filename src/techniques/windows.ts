import type { Workload } from "../facts/index.ts";
import { k8sCreatePods } from "./kubernetes/k8s-create-pods.ts";
import { k8sHostProcess } from "./kubernetes/k8s-host-process.ts";
import { k8sNodesProxy } from "./kubernetes/k8s-nodes-proxy.ts";
import { k8sPodsExec } from "./kubernetes/k8s-pods-exec.ts";
import { k8sPrivilegedEphemeral } from "./kubernetes/k8s-privileged-ephemeral.ts";
import { k8sSaToken } from "./kubernetes/k8s-sa-token.ts";
import { TECHNIQUES } from "./list.ts";
import type { Technique } from "./technique.ts";

/** What Kubernetes itself gives to a pod, whatever the kernel of its node. */
const WINDOWS_TECHNIQUES: readonly Technique[] = [
  k8sCreatePods,
  k8sHostProcess,
  k8sNodesProxy,
  k8sPodsExec,
  k8sPrivilegedEphemeral,
  k8sSaToken,
];

/** The techniques that a workload is asked about: all, or for a Windows pod those that need no Linux. */
export const techniquesFor = ({ surroundings }: Workload): readonly Technique[] =>
  surroundings.pod?.windows === true ? WINDOWS_TECHNIQUES : TECHNIQUES;
