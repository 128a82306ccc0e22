import { all, any, cap, hardening, lsm, not, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Attaching tracing programs to the kernel that everybody shares.
 *
 * Needs all of: SYS_ADMIN, or BPF and PERFMON, in the first user namespace; bpf(2); a kernel not in confidentiality mode.
 * Not enough: BPF alone, which loads programs but may not read memory with them.
 */
export const bpfTracing = technique({
  id: "bpf-tracing",
  attack: ["T1056", "T1040", "T1014"],
  severity: "high",
  title: { en: "Every process of the host can be traced with eBPF", ja: "eBPF でホストの全プロセスを盗み見できる" },
  explanation: {
    en: "Tracing programs see all processes, whatever namespaces they are in: what they read, write and type, and the memory of the kernel. CAP_SYS_ADMIN is enough, and so are CAP_BPF and CAP_PERFMON together. AppArmor does not mediate bpf(2).",
    ja: "トレース用のプログラムは、名前空間にかかわらず全プロセスの読み書きや入力、カーネルのメモリを見る。CAP_SYS_ADMIN だけで、または CAP_BPF と CAP_PERFMON の組で足りる。AppArmor は bpf(2) に関与しない。",
  },
  basis: "measured",
  needs: all(
    any(cap("SYS_ADMIN"), all(cap("BPF"), cap("PERFMON"))),
    userns.host,
    seccomp.allows("bpf"),
    not(hardening.lockdownConfidentiality),
    lsm.allows("kernel-capability"),
  ),
  gains: ["cred-theft", "host-memory-read"],
  aliases: { "cis-docker-1.6.0": ["5.4"] },
  examples: {
    open: ["docker run --cap-add SYS_ADMIN busybox", "docker run --cap-add BPF --cap-add PERFMON busybox"],
    closed: [
      "docker run --cap-add BPF busybox",
      "docker run --cap-add PERFMON busybox",
      { line: "docker run --cap-add SYS_ADMIN busybox", host: { lockdown: "confidentiality" } },
    ],
  },
});
