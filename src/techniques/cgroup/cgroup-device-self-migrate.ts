import { all, any, cap, cgroup, hostuid0, imageDeviceNodes, lsm, mount, not, ns, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Moving one's own process out of the filtered cgroup.
 *
 * Needs all of: the host's tree writable, the host's root, a node for a disk (made, brought by the image, or bound). A place
 * without nodev is always there: the engine mounts the container's /dev so, also below a read-only root.
 * Measured on version 1, also through a ":ro" bind of an older engine, for every controller is a mount below
 * /sys/fs/cgroup; version 2 is read in the source.
 */
export const cgroupDeviceSelfMigrate = technique({
  id: "cgroup-device-self-migrate",
  attack: ["T1611"],
  severity: "critical",
  title: {
    en: "The container can leave the cgroup that keeps devices from it",
    ja: "デバイスを制限する cgroup から抜け出せる",
  },
  explanation: {
    en: "Which devices a container may open is decided by its cgroup. Where the host's tree is writable, user 0 moves its own process to a group without that restriction, makes a node for a disk and opens it, with default capabilities and under docker-default. On version 2 a private cgroup namespace on a tree mounted with nsdelegate refuses the move.",
    ja: "コンテナが開けるデバイスは、所属する cgroup で決まる。ホストのツリーに書き込めれば、uid 0 は既定のケーパビリティと docker-default のままでも自プロセスを制限のないグループへ移し、ディスクのノードを作って開ける。v2 では、nsdelegate でマウントされたツリーと private な cgroup 名前空間の組合せが移動を拒否する。",
  },
  basis: "measured",
  needs: all(
    any(mount.rw("/sys/fs/cgroup"), all(cgroup.v1, mount.roNonrecursive("/sys/fs/cgroup"))),
    hostuid0,
    userns.host,
    lsm.allows("cgroup-write"),
    any(cap("MKNOD"), imageDeviceNodes, mount.any("/dev")),
    any(cgroup.v1, all(cgroup.v2, any(ns.cgroup.host, not(cgroup.nsdelegate)))),
  ),
  gains: ["raw-block-device"],
  examples: {
    open: [
      "docker run --cgroupns host -v /sys/fs/cgroup:/sys/fs/cgroup:rw busybox",
      {
        line: "docker run -v /sys/fs/cgroup:/sys/fs/cgroup:ro busybox",
        host: { cgroup: 1, rro: false, createApi: "1.41" },
      },
    ],
    possible: ["docker run --cgroupns host --cap-drop MKNOD -v /sys/fs/cgroup:/sys/fs/cgroup:rw busybox"],
    closed: [
      "docker run -v /sys/fs/cgroup:/sys/fs/cgroup:rw busybox",
      "docker run --cgroupns host -v /sys/fs/cgroup:/sys/fs/cgroup:ro busybox",
      "docker run --cgroupns host --user 1000:1000 -v /sys/fs/cgroup:/sys/fs/cgroup:rw busybox",
    ],
  },
});
