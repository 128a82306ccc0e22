import { all, any, cap, hardening, lsm, mount, not, ns, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Attaching to a process of the host, or writing /proc/PID/mem.
 *
 * Needs all of: CAP_SYS_PTRACE in the first user namespace, the processes in sight, an LSM that lets it at unconfined
 * processes. CAP_SYS_ADMIN is not needed (measured), nor a writable bind of /proc.
 */
export const ptraceHostProcess = technique({
  id: "ptrace-host-process",
  attack: ["T1611", "T1055.008"],
  severity: "critical",
  title: { en: "Code can be put into processes of the host", ja: "ホストのプロセスにコードを注入できる" },
  explanation: {
    en: "CAP_SYS_PTRACE opens the memory of every process in sight, and with the host's process namespace or a bind of its /proc those are the host's. A read-only bind does not help: /proc/1/root leads back to the host's own writable procfs. docker-default and Yama's strictest mode refuse.",
    ja: "CAP_SYS_PTRACE があれば、見えている全プロセスのメモリを開ける。ホストの PID 名前空間を使うか /proc をバインドしていれば、それはホストのプロセスである。読取り専用のバインドは役に立たない。/proc/1/root からホスト自身の書込み可能な procfs に行けるからである。docker-default と Yama の最も厳しいモードは拒否する。",
  },
  basis: "measured",
  needs: all(
    cap("SYS_PTRACE"),
    any(ns.pid.host, mount.any("/proc")),
    userns.host,
    lsm.allows("ptrace-host"),
    not(hardening.yamaNoAttach),
  ),
  gains: ["host-process-inject"],
  aliases: { "cis-docker-1.6.0": ["5.4", "5.16"] },
  examples: {
    open: [
      "docker run --pid host --cap-add SYS_PTRACE busybox",
      "docker run -v /proc:/host/proc:ro --cap-add SYS_PTRACE busybox",
    ],
    closed: [
      "docker run --cap-add SYS_PTRACE busybox",
      "docker run --pid host busybox",
      { line: "docker run --pid host --cap-add SYS_PTRACE busybox", host: { apparmor: true } },
      { line: "docker run --pid host --cap-add SYS_PTRACE busybox", host: { yama: 3 } },
    ],
  },
});
