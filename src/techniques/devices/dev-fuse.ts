import { all, cap, device, lsm, seccomp } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Mounting file systems whose server is the container itself.
 *
 * Not enough: /dev/fuse alone (see inert-fuse-device). A mount in the host's user namespace needs CAP_SYS_ADMIN.
 */
export const devFuse = technique({
  id: "dev-fuse",
  attack: ["T1611"],
  severity: "low",
  title: { en: "FUSE file systems can be mounted", ja: "FUSE ファイルシステムをマウントできる" },
  explanation: {
    en: "With /dev/fuse and CAP_SYS_ADMIN the container mounts file systems that it serves itself, and so feeds the kernel's file system code answers of its own choice. This widens what can be attacked and opens nothing of the host. docker-default denies the mount; without the capability the device is inert.",
    ja: "/dev/fuse と CAP_SYS_ADMIN があれば、コンテナは自ら応答するファイルシステムをマウントし、任意の応答をカーネルのファイルシステム処理に与えられる。攻撃面は広がるが、ホストのファイルが開くわけではない。docker-default はマウントを拒否し、ケーパビリティがなければデバイスだけでは何も起きない。",
  },
  basis: "documented",
  needs: all(device("fuse", "w"), cap("SYS_ADMIN"), seccomp.allows("mount"), lsm.allows("mount")),
  gains: ["kernel-attack-surface"],
  examples: {
    open: ["docker run --cap-add SYS_ADMIN --device /dev/fuse busybox"],
    closed: [
      "docker run --device /dev/fuse busybox",
      "docker run --cap-add SYS_ADMIN busybox",
      { line: "docker run --cap-add SYS_ADMIN --device /dev/fuse busybox", host: { apparmor: true } },
    ],
  },
});
