import { all, cap, device, hardening, not, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Writing the processor's model-specific registers.
 *
 * Needs all of: an msr node, CAP_SYS_RAWIO in the first user namespace (msr_open, arch/x86/kernel/msr.c), no lockdown.
 */
export const devMsr = technique({
  id: "dev-msr",
  attack: ["T1611"],
  severity: "high",
  title: { en: "Model-specific registers can be written", ja: "モデル固有レジスタに書き込める" },
  explanation: {
    en: "Some model-specific registers hold addresses at which the processor enters the kernel. Whoever writes them decides what runs there. The kernel demands CAP_SYS_RAWIO besides the device node, and lockdown refuses the write.",
    ja: "モデル固有レジスタには、CPU がカーネルに入る際のアドレスを持つものがあり、それを書き換えれば実行されるコードを決められる。カーネルはデバイスノードに加えて CAP_SYS_RAWIO を要求し、lockdown は書込みを拒否する。",
  },
  basis: "documented",
  needs: all(device("msr", "w"), cap("SYS_RAWIO"), userns.host, not(hardening.lockdown)),
  gains: ["kernel-code"],
  examples: {
    open: ["docker run --cap-add SYS_RAWIO --device /dev/cpu/0/msr busybox"],
    closed: [
      "docker run --device /dev/cpu/0/msr busybox",
      "docker run --cap-add SYS_RAWIO busybox",
      "docker run --cap-add SYS_RAWIO --device /dev/cpu/0/msr:/dev/cpu/0/msr:r busybox",
      { line: "docker run --cap-add SYS_RAWIO --device /dev/cpu/0/msr busybox", host: { lockdown: "integrity" } },
    ],
  },
});
