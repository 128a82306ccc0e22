import { all, cap, device, lsm, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Mounting a disk of the host.
 *
 * Needs all of: CAP_SYS_ADMIN in the first user namespace, a block device of the host, a mount that seccomp and the LSM
 * let through. Not enough: the capability alone, because the device cgroup refuses the open.
 */
export const rawBlockDeviceMount = technique({
  id: "raw-block-device-mount",
  attack: ["T1611"],
  severity: "critical",
  title: { en: "A disk of the host can be mounted", ja: "ホストのディスクをマウントできる" },
  explanation: {
    en: "With a block device and CAP_SYS_ADMIN in the host's first user namespace, the file system of the host can be mounted inside the container, and every file on it read and written. docker-default denies the mount; a user namespace makes the capability worthless for block-backed file systems.",
    ja: "ブロックデバイスと、ホストの最初のユーザ名前空間での CAP_SYS_ADMIN があれば、ホストのファイルシステムをコンテナ内にマウントし、すべてのファイルを読み書きできる。docker-default はマウントを拒否し、ユーザ名前空間ではこのケーパビリティはブロックデバイスのマウントに効かない。",
  },
  basis: "documented",
  needs: all(cap("SYS_ADMIN"), device("block", "r"), userns.host, seccomp.allows("mount"), lsm.allows("mount")),
  gains: ["host-file-read(*)", "host-file-write(*)"],
  examples: {
    open: ["docker run --cap-add SYS_ADMIN --device /dev/sda1 busybox"],
    closed: [
      "docker run --cap-add SYS_ADMIN busybox",
      "docker run --device /dev/sda1 busybox",
      { line: "docker run --cap-add SYS_ADMIN --device /dev/sda1 busybox", host: { apparmor: true } },
    ],
  },
});
