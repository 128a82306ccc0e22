import { all, not, seccomp } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * io_uring through a filter that the user chose.
 *
 * Engines before 25 open it in their own profile; that is a matter of the engine's version, not of the container.
 */
export const ioUringExposed = technique({
  id: "io-uring-exposed",
  attack: ["T1068"],
  severity: "low",
  title: { en: "io_uring can be reached", ja: "io_uring に到達できる" },
  explanation: {
    en: "io_uring has had many faults that gave root, and current default profiles refuse it for that reason. A filter that is off or written by hand opens it again, unless kernel.io_uring_disabled is set.",
    ja: "io_uring では root を奪える欠陥が多く見つかっており、現在の既定プロファイルはこれを拒否する。フィルタを外すか自作すると、kernel.io_uring_disabled を設定していないかぎり再び開く。",
  },
  basis: "measured",
  needs: all(not(seccomp.default), seccomp.allows("io_uring_setup")),
  gains: ["kernel-attack-surface"],
  examples: {
    open: ["docker run --security-opt seccomp=unconfined busybox"],
    closed: ["docker run busybox", { line: "docker run busybox", host: { oldEngine: true } }],
  },
});
