import { all, any, cgroup, hostuid0, lsm, mount } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Writing to the groups of others.
 *
 * A private cgroup namespace does not stop it: nsdelegate guards moves between groups, not the files of a group that is in
 * sight. Measured with every capability dropped, and through a ":ro" bind of /sys whose cgroup mount stayed writable.
 */
export const cgroupTreeDos = technique({
  id: "cgroup-tree-dos",
  attack: ["T1499", "T1489"],
  severity: "high",
  title: {
    en: "Processes of the host can be frozen, starved or killed through cgroups",
    ja: "cgroup 経由でホストのプロセスを凍結・停止できる",
  },
  explanation: {
    en: "A writable cgroup tree holds the freezers and memory limits of every service and container, and on version 2 a file that kills a whole group. User 0 needs no capability for it, and docker-default allows it.",
    ja: "書込み可能な cgroup ツリーには、全サービスと全コンテナの凍結やメモリ上限、v2 ではグループごと終了させるファイルがある。uid 0 ならケーパビリティは要らず、docker-default も許す。",
  },
  basis: "measured",
  needs: all(
    any(mount.rw("/sys/fs/cgroup/*"), all(cgroup.v1, mount.roNonrecursive("/sys/fs/cgroup"))),
    hostuid0,
    lsm.allows("cgroup-write"),
  ),
  gains: ["host-dos"],
  examples: {
    open: [
      "docker run -v /sys/fs/cgroup:/sys/fs/cgroup --cap-drop ALL busybox",
      "docker run -v /sys/fs/cgroup/system.slice:/x busybox",
      { line: "docker run -v /sys:/sys:ro busybox", host: { rro: false, createApi: "1.41" } },
    ],
    closed: [
      "docker run -v /sys/fs/cgroup:/sys/fs/cgroup:ro busybox",
      "docker run -v /sys/fs/cgroup:/sys/fs/cgroup --user 1000:1000 busybox",
      { line: "docker run -v /sys/fs/cgroup:/sys/fs/cgroup busybox", host: { usernsRemap: true } },
    ],
  },
});
