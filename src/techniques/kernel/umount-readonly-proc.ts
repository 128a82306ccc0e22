import { all, cap, kernel, lsm, not, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Taking the read-only mount off /proc/sys. No mount(2) is involved.
 *
 * Needs all of: CAP_SYS_ADMIN in the first user namespace, umount2 let through, no LSM that refuses the write.
 * Not enough: a user namespace, in which mounts made by the engine are locked together.
 */
export const umountReadonlyProc = technique({
  id: "umount-readonly-proc",
  attack: ["T1611"],
  severity: "critical",
  title: { en: "The read-only cover of /proc/sys can be unmounted", ja: "/proc/sys の読取り専用の覆いを外せる" },
  explanation: {
    en: "What makes /proc/sys read-only in a container is a mount on top of it. With CAP_SYS_ADMIN it is taken away with one umount, and kernel.core_pattern lies open. docker-default lets the umount pass and then refuses the write by its path.",
    ja: "コンテナの /proc/sys を読取り専用にしているのは、上に重ねたマウントである。CAP_SYS_ADMIN があれば umount 一回で外せ、kernel.core_pattern に書き込める。docker-default は umount を通すが、その後の書込みをパスで拒否する。",
  },
  basis: "measured",
  needs: all(
    cap("SYS_ADMIN"),
    userns.host,
    seccomp.allows("umount2"),
    lsm.allows("proc-write"),
    not(kernel.option("STATIC_USERMODEHELPER")),
  ),
  gains: ["host-root"],
  aliases: { "cis-docker-1.6.0": ["5.4"] },
  examples: {
    open: ["docker run --cap-add SYS_ADMIN busybox"],
    closed: [
      { line: "docker run --cap-add SYS_ADMIN busybox", host: { apparmor: true } },
      "docker run --cap-add SYS_ADMIN --user 1000:1000 busybox",
      "docker run --cap-add SYS_CHROOT busybox",
    ],
  },
});
