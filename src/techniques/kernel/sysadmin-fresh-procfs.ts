import { all, any, cap, kernel, lsm, not, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Mounting a procfs without the engine's read-only covers.
 *
 * Needs all of: CAP_SYS_ADMIN in the first user namespace, as user 0 because that is who owns the files, and a mount that
 * seccomp and the LSM let through. Two ways to mount: mount(2), which AppArmor mediates, and fsopen(2) with fsmount(2),
 * which gives a usable descriptor before any AppArmor hook is reached.
 * Not enough: kernels with CONFIG_STATIC_USERMODEHELPER start no program of the attacker's choice.
 */
export const sysadminFreshProcfs = technique({
  id: "sysadmin-fresh-procfs",
  attack: ["T1611"],
  severity: "critical",
  title: {
    en: "A fresh procfs makes the kernel's settings writable",
    ja: "新しい procfs を作り、カーネル設定を書き換えられる",
  },
  explanation: {
    en: "A new instance of procfs has none of the engine's read-only covers, so /proc/sys is writable in it, and kernel.core_pattern names a program that the kernel starts as root on the host. The cgroup version does not matter. docker-default denies the mount, but has no hook for a file system that is opened with fsopen and never attached, so under it the route stays possible.",
    ja: "新しく作った procfs にはエンジンの読取り専用の覆いがないため /proc/sys に書き込め、kernel.core_pattern に書いたプログラムはホストの root として起動される。cgroup のバージョンは関係ない。docker-default はマウントを拒否するが、fsopen で開いて取り付けないファイルシステムにはフックがないため、この経路は残りうる。",
  },
  basis: "measured",
  needs: all(
    cap("SYS_ADMIN"),
    userns.host,
    any(all(seccomp.allows("mount"), lsm.allows("mount")), all(seccomp.allows("fsopen"), lsm.allows("detached-mount"))),
    not(kernel.option("STATIC_USERMODEHELPER")),
  ),
  gains: ["host-root"],
  aliases: { "cis-docker-1.6.0": ["5.4"] },
  examples: {
    open: [
      "docker run --cap-add SYS_ADMIN busybox",
      { line: "docker run --cap-add SYS_ADMIN --security-opt apparmor=unconfined busybox", host: { apparmor: true } },
    ],
    possible: [{ line: "docker run --cap-add SYS_ADMIN busybox", host: { apparmor: true } }],
    closed: [
      "docker run busybox",
      "docker run --cap-add SYS_ADMIN --user 1000:1000 busybox",
      { line: "docker run --cap-add SYS_ADMIN busybox", host: { usernsRemap: true } },
    ],
  },
});
