import { all, cap, kernel, lsm, not, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * CAP_SYS_ADMIN without any LSM: the same end as sysadmin-fresh-procfs.
 *
 * A technique of its own so that switching the LSM on again is named as a change.
 */
export const apparmorUnconfinedChain = technique({
  id: "apparmor-unconfined-chain",
  attack: ["T1562.001", "T1611"],
  severity: "critical",
  title: { en: "Nothing denies CAP_SYS_ADMIN its mounts", ja: "CAP_SYS_ADMIN のマウントを止めるものがない" },
  explanation: {
    en: "docker-default is what stands between CAP_SYS_ADMIN and mounting procfs or a cgroup hierarchy. Where neither AppArmor nor SELinux confines the container, that is gone. Confinement closes the simple routes only: eBPF does not ask AppArmor.",
    ja: "CAP_SYS_ADMIN が procfs や cgroup 階層をマウントするのを止めているのは docker-default である。AppArmor も SELinux も効いていなければ、その止め手がない。ただし閉じ込めても塞がるのは単純な経路だけで、eBPF は AppArmor の検査を受けない。",
  },
  basis: "measured",
  needs: all(
    cap("SYS_ADMIN"),
    lsm.off,
    userns.host,
    seccomp.allows("mount"),
    not(kernel.option("STATIC_USERMODEHELPER")),
  ),
  gains: ["host-root"],
  aliases: { "cis-docker-1.6.0": ["5.2"] },
  examples: {
    open: [
      { line: "docker run --cap-add SYS_ADMIN --security-opt apparmor=unconfined busybox", host: { apparmor: true } },
      "docker run --cap-add SYS_ADMIN busybox",
    ],
    closed: [
      { line: "docker run --cap-add SYS_ADMIN busybox", host: { apparmor: true } },
      { line: "docker run --security-opt apparmor=unconfined busybox", host: { apparmor: true } },
    ],
  },
});
