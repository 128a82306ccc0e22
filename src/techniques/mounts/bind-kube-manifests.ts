import { all, any, lsm, mount, onHost, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** The default of kubeadm, and the two directories of k3s. */
const PATHS = [
  "/etc/kubernetes/manifests",
  "/var/lib/rancher/k3s/agent/pod-manifests",
  "/var/lib/rancher/k3s/server/manifests",
];

/** The host runs a kubelet: it says so, or somebody binds a directory that only a node has. */
const NODE = any(
  onHost.kubelet,
  mount.matching("a manifest directory itself", /^\/(etc\/kubernetes|var\/lib\/rancher)(\/|$)/),
);

/**
 * Starting a pod by writing a file.
 *
 * Needs all of: a directory that the kubelet or k3s reads manifests from writable, root on that mount, and a kubelet. A
 * bind of /etc on a plain Docker host is other techniques' business.
 */
export const bindKubeManifests = technique({
  id: "bind-kube-manifests",
  attack: ["T1610", "T1053.007"],
  severity: "critical",
  title: { en: "The node's static pod manifests are writable", ja: "ノードの静的 Pod マニフェストに書き込める" },
  explanation: {
    en: "The kubelet starts every pod whose manifest lies in its directory, without asking the API server and its admission rules. A manifest put there starts a privileged pod within seconds.",
    ja: "kubelet は、マニフェストのディレクトリにある Pod を、API サーバとその受付制御に尋ねることなく起動する。そこに置いたマニフェストから、数秒で特権 Pod が起動する。",
  },
  basis: "documented",
  needs: all(
    any(
      ...PATHS.map((path) => all(mount.rw(path), rootOn(path), any(lsm.allows("file-host"), mount.relabelled(path)))),
    ),
    NODE,
  ),
  gains: ["host-root"],
  examples: {
    open: [
      "docker run -v /etc/kubernetes/manifests:/mnt busybox",
      { line: "docker run -v /etc:/mnt busybox", host: { kubelet: true } },
    ],
    closed: [
      "docker run -v /etc/kubernetes/manifests:/mnt:ro busybox",
      "docker run -v /etc:/mnt busybox",
      "docker run -v /etc/kubernetes/pki:/mnt busybox",
    ],
  },
});
