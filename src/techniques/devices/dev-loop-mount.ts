import { all, any, cap, device, gained, hostuid0, lsm, seccomp } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Mounting the host's disk images through loop devices.
 *
 * Not enough: CAP_SYS_ADMIN alone, because the device cgroup refuses the loop nodes; a loop node alone, because nothing
 * can be mounted. The container attaches only files that it can already open, so what it wins are the images that the
 * host has attached.
 */
export const devLoopMount = technique({
  id: "dev-loop-mount",
  attack: ["T1611"],
  severity: "medium",
  title: {
    en: "Disk images behind loop devices can be mounted",
    ja: "loop デバイス上のディスクイメージをマウントできる",
  },
  explanation: {
    en: "A loop device shows a file of the host as a disk: snaps, virtual machine images, encrypted containers. With the node and CAP_SYS_ADMIN such an image can be mounted or attached anew and read. docker-default denies the mount, and the host's own disks stay out of reach.",
    ja: "loop デバイスは、snap、仮想マシンのイメージ、暗号化コンテナなど、ホストのファイルをディスクとして見せる。ノードと CAP_SYS_ADMIN があれば、そのイメージをマウントしたり付け直したりして読める。docker-default はマウントを拒否し、ホスト自身のディスクには届かない。",
  },
  basis: "documented",
  needs: all(
    any(device("loop", "w"), gained("raw-block-device")),
    cap("SYS_ADMIN"),
    hostuid0,
    seccomp.allows("mount"),
    lsm.allows("mount"),
  ),
  gains: ["host-file-read(loop-backed)"],
  examples: {
    open: [
      "docker run --cap-add SYS_ADMIN --device /dev/loop0 busybox",
      "docker run --cap-add SYS_ADMIN --device /dev/loop-control --device /dev/loop0 busybox",
    ],
    closed: [
      "docker run --device /dev/loop0 busybox",
      { line: "docker run --cap-add SYS_ADMIN busybox", host: { usernsRemap: true } },
      { line: "docker run --cap-add SYS_ADMIN --device /dev/loop0 busybox", host: { apparmor: true } },
    ],
  },
});
