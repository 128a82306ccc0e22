import { all, any, cap, lsm, mount, ns, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Entering the namespaces of the host's first process.
 *
 * CAP_SYS_ADMIN alone gets EACCES on /proc/1/ns (measured).
 */
export const nsenterHost = technique({
  id: "nsenter-host",
  attack: ["T1611"],
  severity: "critical",
  title: { en: "The host's namespaces can be entered", ja: "ホストの名前空間に入れる" },
  explanation: {
    en: "setns moves a process into the namespaces of process 1, after which it is a process of the host. Opening them takes CAP_SYS_PTRACE and entering them CAP_SYS_ADMIN, for the mount namespace CAP_SYS_CHROOT too, which is a default. docker-default refuses to open them.",
    ja: "setns を使えば、プロセスはプロセス 1 の名前空間に移り、ホストのプロセスになる。開くのに CAP_SYS_PTRACE、入るのに CAP_SYS_ADMIN、マウント名前空間には既定で付く CAP_SYS_CHROOT も要る。docker-default は開くことを拒否する。",
  },
  basis: "measured",
  needs: all(
    cap("SYS_ADMIN"),
    cap("SYS_PTRACE"),
    cap("SYS_CHROOT"),
    any(ns.pid.host, mount.any("/proc")),
    userns.host,
    seccomp.allows("setns"),
    lsm.allows("ptrace-host"),
  ),
  gains: ["host-root"],
  aliases: { "cis-docker-1.6.0": ["5.16"] },
  examples: {
    open: [
      "docker run --pid host --cap-add SYS_ADMIN --cap-add SYS_PTRACE busybox",
      "docker run --pid host --privileged busybox",
    ],
    closed: [
      "docker run --pid host --cap-add SYS_ADMIN busybox",
      "docker run --privileged busybox",
      { line: "docker run --pid host --cap-add SYS_ADMIN --cap-add SYS_PTRACE busybox", host: { apparmor: true } },
    ],
  },
});
