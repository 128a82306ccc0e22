import { all, any, kubernetes, lsm, mount, uid0 } from "../../facts/index.ts";
import { technique } from "../technique.ts";

const PATHS = [
  "/etc",
  "/root",
  "/boot",
  "/usr/bin",
  "/var/log",
  "/var/lib/kubelet",
  "/var/lib/containerd",
  "/run/containerd/containerd.sock",
  "/run/crio/crio.sock",
];

/**
 * A sensitive hostPath in a pod with a user namespace.
 *
 * A marker: the techniques named after the paths conclude what it gives. Needs all of: a pod, a sensitive host path on
 * an id-mapped mount, root inside.
 */
export const k8sIdmapHostpath = technique({
  id: "k8s-idmap-hostpath",
  attack: ["T1611"],
  severity: "high",
  title: {
    en: "A user namespace does not protect this hostPath volume",
    ja: "ユーザ名前空間はこの hostPath ボリュームを守らない",
  },
  explanation: {
    en: "For a pod with hostUsers: false the kubelet maps ids on the volumes, so that root inside is root on the volume: it opens files of mode 0600 and connects to sockets of root. The namespace protects everything but what is mounted. /proc and /sys cannot be mapped, and such a pod does not start.",
    ja: "hostUsers: false の Pod では kubelet がボリューム上の id をマップするため、内側の root はボリューム上でも root であり、モード 0600 のファイルを開き、root のソケットに接続できる。この名前空間が守るのは、マウントしたもの以外である。/proc と /sys はマップできず、そうした Pod は起動しない。",
  },
  basis: "measured",
  needs: all(kubernetes.pod, any(...PATHS.map(mount.idMapped)), uid0, lsm.allows("file-host")),
  gains: [],
  examples: {
    open: [
      { line: "docker run -v /etc:/mnt busybox", host: { k8s: { hostUsers: false } } },
      { line: "docker run -v /run/containerd:/mnt busybox", host: { k8s: { hostUsers: false } } },
    ],
    closed: [
      { line: "docker run -v /etc:/mnt busybox", host: { k8s: { hostUsers: true } } },
      { line: "docker run -v /srv:/mnt busybox", host: { k8s: { hostUsers: false } } },
      { line: "docker run -u 20000:20000 -v /etc:/mnt busybox", host: { k8s: { hostUsers: false } } },
    ],
  },
});
