import { all, any, cap, lsm, mount, ns, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Walking the host's files through the root link of one of its processes. */
export const procPidRoot = technique({
  id: "proc-pid-root",
  attack: ["T1611"],
  severity: "critical",
  title: { en: "The host's files lie open under /proc/PID/root", ja: "/proc/PID/root からホストのファイルに届く" },
  explanation: {
    en: "/proc/1/root is the host's root directory for whoever may inspect process 1, which CAP_SYS_PTRACE allows. Reading and writing then follow the host's mounts, not the container's. Yama does not apply, for nothing is attached; docker-default refuses.",
    ja: "/proc/1/root は、プロセス 1 を調べられる者にとってホストのルートディレクトリであり、CAP_SYS_PTRACE がそれを許す。読み書きはコンテナではなくホストのマウントに従う。アタッチではないので Yama は関係なく、docker-default は拒否する。",
  },
  basis: "measured",
  needs: all(cap("SYS_PTRACE"), any(ns.pid.host, mount.any("/proc")), userns.host, lsm.allows("ptrace-host")),
  gains: ["host-file-read(*)", "host-file-write(*)"],
  aliases: { "cis-docker-1.6.0": ["5.4", "5.16"] },
  examples: {
    open: [
      "docker run --pid host --cap-add SYS_PTRACE busybox",
      "docker run -v /proc:/host/proc:ro --cap-add SYS_PTRACE busybox",
      { line: "docker run --pid host --cap-add SYS_PTRACE busybox", host: { yama: 3 } },
    ],
    closed: [
      "docker run --cap-add SYS_PTRACE busybox",
      "docker run --pid host busybox",
      { line: "docker run --pid host --cap-add SYS_PTRACE busybox", host: { apparmor: true } },
    ],
  },
});
