import { all, any, cap, hardening, not, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Sampling the whole machine. */
export const perfEvents = technique({
  id: "perf-events",
  attack: ["T1082"],
  severity: "low",
  title: { en: "The whole system can be sampled with perf", ja: "perf でシステム全体を観測できる" },
  explanation: {
    en: "perf_event_open with CAP_PERFMON or CAP_SYS_ADMIN samples every processor and shows kernel addresses and what other processes do. It reads nothing directly, but it takes away what hides the kernel from an exploit.",
    ja: "CAP_PERFMON か CAP_SYS_ADMIN があれば、perf_event_open で全プロセッサを観測でき、カーネルのアドレスや他プロセスの動きが分かる。直接の読取りではないが、カーネルを攻撃から隠しているものが失われる。",
  },
  basis: "measured",
  needs: all(
    any(cap("PERFMON"), cap("SYS_ADMIN")),
    userns.host,
    seccomp.allows("perf_event_open"),
    not(hardening.lockdownConfidentiality),
  ),
  gains: ["host-info-leak"],
  examples: {
    open: ["docker run --cap-add PERFMON busybox"],
    closed: ["docker run busybox", "docker run --cap-add PERFMON --user 1000:1000 busybox"],
  },
});
