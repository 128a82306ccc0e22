import { all, any, cap, cgroup, imageDeviceNodes, lsm, mount, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Writing devices.allow of one's own version 1 group, then opening a node for a disk. */
export const cgroupV1DevicesAllow = technique({
  id: "cgroup-v1-devices-allow",
  attack: ["T1611"],
  severity: "critical",
  title: { en: "The container can allow itself devices", ja: "コンテナが自分にデバイスを許可できる" },
  explanation: {
    en: "On version 1 a container that writes devices.allow of its own group may then open the disks of the host. It takes CAP_SYS_ADMIN in the host's user namespace and a writable view of the hierarchy, mounted or bound. The engine's parent group allows every device.",
    ja: "v1 では、自分のグループの devices.allow に書けば、ホストのディスクを開けるようになる。ホストのユーザ名前空間での CAP_SYS_ADMIN と、マウントまたはバインドによる書込み可能な階層が要る。エンジンの親グループは全デバイスを許している。",
  },
  basis: "measured",
  needs: all(
    cgroup.v1,
    cap("SYS_ADMIN"),
    userns.host,
    any(
      all(seccomp.allows("mount"), lsm.allows("mount")),
      all(seccomp.allows("fsopen"), lsm.allows("detached-mount")),
      all(any(mount.rw("/sys/fs/cgroup"), mount.roNonrecursive("/sys/fs/cgroup")), lsm.allows("cgroup-write")),
    ),
    any(cap("MKNOD"), imageDeviceNodes, mount.any("/dev")),
  ),
  gains: ["raw-block-device"],
  aliases: { "cis-docker-1.6.0": ["5.4"] },
  examples: {
    open: [
      { line: "docker run --cap-add SYS_ADMIN busybox", host: { cgroup: 1 } },
      {
        line: "docker run --cap-add SYS_ADMIN -v /sys/fs/cgroup:/sys/fs/cgroup busybox",
        host: { cgroup: 1, apparmor: true },
      },
    ],
    closed: [
      "docker run --cap-add SYS_ADMIN busybox",
      { line: "docker run -v /sys/fs/cgroup:/sys/fs/cgroup busybox", host: { cgroup: 1 } },
    ],
  },
});
