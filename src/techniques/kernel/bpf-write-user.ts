import { all, cap, hardening, lsm, not, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Writing into other processes from a tracing program.
 *
 * Needs all of: CAP_SYS_ADMIN in the first user namespace (the kernel asks for it beyond BPF and PERFMON), bpf(2), no
 * lockdown in integrity mode or stricter.
 */
export const bpfWriteUser = technique({
  id: "bpf-write-user",
  attack: ["T1611", "T1055"],
  severity: "critical",
  title: {
    en: "The memory of host processes can be altered with eBPF",
    ja: "eBPF でホストのプロセスのメモリを改変できる",
  },
  explanation: {
    en: "A tracing program may call bpf_probe_write_user and change the memory of whatever process it meets, for example the arguments of a program that root is about to run. It needs CAP_SYS_ADMIN and a kernel without lockdown. AppArmor does not mediate it, so denying mounts does not make CAP_SYS_ADMIN safe.",
    ja: "トレースプログラムは bpf_probe_write_user を呼び、出会ったプロセスのメモリ(たとえば root が実行するプログラムの引数)を書き換えられる。必要なのは CAP_SYS_ADMIN と lockdown でないカーネルである。AppArmor は関与しないので、マウントを拒否しても CAP_SYS_ADMIN は安全にならない。",
  },
  basis: "documented",
  needs: all(
    cap("SYS_ADMIN"),
    userns.host,
    seccomp.allows("bpf"),
    not(hardening.lockdown),
    lsm.allows("kernel-capability"),
  ),
  gains: ["host-process-inject"],
  aliases: { "cis-docker-1.6.0": ["5.4"] },
  examples: {
    open: [
      "docker run --cap-add SYS_ADMIN busybox",
      { line: "docker run --cap-add SYS_ADMIN busybox", host: { apparmor: true } },
    ],
    closed: [
      "docker run --cap-add BPF --cap-add PERFMON busybox",
      { line: "docker run --cap-add SYS_ADMIN busybox", host: { lockdown: "integrity" } },
      "docker run --cap-add SYS_ADMIN --user 1000:1000 busybox",
    ],
  },
});
