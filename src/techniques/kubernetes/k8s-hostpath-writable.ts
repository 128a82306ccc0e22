import { all, any, kubernetes, lsm, mount, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

const PATHS = [
  "/etc",
  "/root",
  "/boot",
  "/proc",
  "/usr/bin",
  "/var/log",
  "/var/lib/kubelet",
  "/var/lib/containerd",
  "/etc/kubernetes/manifests",
  "/opt/cni/bin",
];

/**
 * A writable hostPath volume of a directory that matters.
 *
 * A marker: the techniques named after the directories conclude what it gives. Needs all of: a pod, such a directory
 * writable, and root on that mount.
 */
export const k8sHostpathWritable = technique({
  id: "k8s-hostpath-writable",
  attack: ["T1611"],
  severity: "high",
  title: { en: "A sensitive hostPath volume is writable", ja: "重要な hostPath ボリュームに書き込める" },
  explanation: {
    en: "A hostPath volume is a bind of the node's directory and obeys the same rules: root in the pod is root on the files. A readOnly mount is not recursive unless recursiveReadOnly is set (Kubernetes 1.30 and later).",
    ja: "hostPath ボリュームはノードのディレクトリのバインドであり、同じ規則に従う。Pod の root はそのファイルに対しても root である。readOnly は、recursiveReadOnly(Kubernetes 1.30 以降)を指定しないかぎり再帰的ではない。",
  },
  basis: "documented",
  needs: all(
    kubernetes.pod,
    any(
      ...PATHS.map((path) => all(mount.rw(path), rootOn(path), any(lsm.allows("file-host"), mount.relabelled(path)))),
    ),
  ),
  gains: [],
  examples: {
    open: [
      { line: "docker run -v /etc:/mnt busybox", host: { k8s: {} } },
      { line: "docker run -v /:/mnt busybox", host: { k8s: {} } },
      { line: "docker run -v /etc:/mnt busybox", host: { k8s: { hostUsers: false } } },
    ],
    closed: [
      "docker run -v /etc:/mnt busybox",
      { line: "docker run -v /etc:/mnt:ro busybox", host: { k8s: {} } },
      { line: "docker run -v /srv:/mnt busybox", host: { k8s: {} } },
    ],
  },
});
