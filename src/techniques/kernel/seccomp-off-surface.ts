import { seccomp } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** No system call filter, or one that refuses nothing. */
export const seccompOffSurface = technique({
  id: "seccomp-off-surface",
  attack: ["T1068"],
  severity: "low",
  title: { en: "System calls are not filtered", ja: "システムコールが制限されていない" },
  explanation: {
    en: "Without a filter every system call of the kernel can be tried, also the old and rare ones in which exploitable faults are found. It is no way out by itself; it is what most kernel exploits need first.",
    ja: "フィルタがなければ、悪用可能な欠陥が見つかりやすい古い呼出しや珍しい呼出しも含め、カーネルの全システムコールを試せる。それだけで脱出はできないが、カーネルを突く攻撃の多くがまず必要とする条件である。",
  },
  basis: "documented",
  needs: seccomp.off,
  gains: ["kernel-attack-surface"],
  aliases: { "cis-docker-1.6.0": ["5.22"] },
  examples: {
    open: ["docker run --security-opt seccomp=unconfined busybox", "docker run --privileged busybox"],
    closed: ["docker run busybox", "docker run --cap-drop ALL busybox"],
  },
});
