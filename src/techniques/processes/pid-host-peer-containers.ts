import { all, any, cap, lsm, mount, ns, peer, uid0, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Opening the root and environment of processes of other containers.
 *
 * Whether the capabilities suffice is a fact about the others: dropping some closes it only against those that keep them.
 */
export const pidHostPeerContainers = technique({
  id: "pid-host-peer-containers",
  attack: ["T1611", "T1055", "T1570"],
  severity: "high",
  title: { en: "Other containers can be entered through their processes", ja: "他のコンテナにプロセス経由で入れる" },
  explanation: {
    en: "In the host's process namespace the processes of other containers are in sight. Root with at least their capabilities may open their root directories, and CAP_SYS_PTRACE skips that comparison. docker-default allows it, for its rule names the very profile under which the others run.",
    ja: "ホストの PID 名前空間からは、他のコンテナのプロセスも見える。相手以上のケーパビリティを持つ root は相手のルートディレクトリを開け、CAP_SYS_PTRACE があればその比較も不要になる。docker-default の規則は相手と同じプロファイルを許すため、これを止めない。",
  },
  basis: "measured",
  needs: all(
    any(ns.pid.host, mount.any("/proc")),
    peer.exists,
    userns.host,
    lsm.sameAsPeers,
    any(all(uid0, peer.capsSuperset), cap("SYS_PTRACE")),
  ),
  gains: ["other-container-control"],
  aliases: { "cis-docker-1.6.0": ["5.16"] },
  examples: {
    open: [
      { line: "docker run --pid host busybox", host: { apparmor: true } },
      "docker run --pid host --cap-drop ALL --cap-add SYS_PTRACE busybox",
    ],
    possible: [{ line: "docker run --pid host busybox", host: { peers: "mixed" } }],
    closed: [
      "docker run busybox",
      "docker run --pid host --cap-drop ALL busybox",
      { line: "docker run --pid host busybox", host: { peers: "none" } },
      "docker run --pid host --user 1000:1000 busybox",
    ],
  },
});
