import { all, any, lsm, mount, onHost, rootOn, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Of kubeadm and of k3s. */
const PATHS = ["/etc/kubernetes/admin.conf", "/etc/kubernetes/super-admin.conf", "/etc/rancher/k3s/k3s.yaml"];

/** The host runs a kubelet: it says so, or somebody binds a directory that only a node has. */
const NODE = any(onHost.kubelet, mount.matching("a Kubernetes directory itself", /^\/etc\/(kubernetes|rancher)(\/|$)/));

/**
 * Reading the kubeconfig of the cluster's administrator.
 *
 * Needs all of: the file or a directory above it bound, root on that mount, and a node of the control plane.
 */
export const bindKubeconfigAdmin = technique({
  id: "bind-kubeconfig-admin",
  attack: ["T1552.001"],
  severity: "critical",
  title: { en: "The cluster administrator's kubeconfig can be read", ja: "クラスタ管理者の kubeconfig を読める" },
  explanation: {
    en: "A control plane node keeps a kubeconfig with the rights of the cluster's administrator. Root in the container reads it and controls every node, not just this one. A worker node has none.",
    ja: "コントロールプレーンのノードには、クラスタ管理者の権限を持つ kubeconfig が置かれている。コンテナの root はそれを読み、このノードだけでなくすべてのノードを支配できる。ワーカーノードにはない。",
  },
  basis: "documented",
  needs: all(
    any(
      ...PATHS.map((path) => all(mount.any(path), rootOn(path), any(lsm.allows("file-host"), mount.relabelled(path)))),
    ),
    any(
      mount.matching("an administrator's kubeconfig itself", /\/(admin\.conf|super-admin\.conf|k3s\.yaml)$/),
      all(NODE, told("k8s.control-plane")),
    ),
  ),
  gains: ["k8s-api(cluster)"],
  examples: {
    open: [
      "docker run -v /etc/kubernetes/admin.conf:/kubeconfig:ro busybox",
      { line: "docker run -v /:/mnt:ro busybox", host: { kubelet: true, facts: { "k8s.control-plane": "yes" } } },
    ],
    possible: ["docker run -v /etc/kubernetes:/mnt:ro busybox"],
    closed: [
      "docker run -v /etc:/mnt:ro busybox",
      "docker run -v /etc/kubernetes/manifests:/mnt:ro busybox",
      "docker run -u 20000:20000 -v /etc/kubernetes:/mnt:ro busybox",
    ],
  },
});
