import { all, any, cap, hardening, kernel, lsm, not, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Programming the machine's I/O ports. */
export const ioportRawio = technique({
  id: "ioport-rawio",
  attack: ["T1499"],
  severity: "high",
  title: { en: "I/O ports of the machine are open", ja: "マシンの I/O ポートに直接触れる" },
  explanation: {
    en: "CAP_SYS_RAWIO with iopl or ioperm gives a process the ports of the machine: it can reset it or reprogram its devices. How to get from there to code depends on the hardware and is not assumed. Lockdown forbids it.",
    ja: "CAP_SYS_RAWIO と iopl または ioperm があれば、プロセスはマシンの I/O ポートを操作でき、リセットや機器の再設定ができる。そこからコード実行に至るかはハードウェア次第なので、ここでは仮定しない。lockdown では禁止される。",
  },
  basis: "documented",
  needs: all(
    cap("SYS_RAWIO"),
    userns.host,
    any(seccomp.allows("iopl"), seccomp.allows("ioperm")),
    not(hardening.lockdown),
    kernel.option("X86_IOPL_IOPERM"),
    lsm.allows("kernel-capability"),
  ),
  gains: ["host-dos"],
  aliases: { "cis-docker-1.6.0": ["5.4"] },
  examples: {
    open: ["docker run --cap-add SYS_RAWIO busybox"],
    closed: [
      "docker run --cap-add SYS_TIME busybox",
      "docker run --cap-add SYS_RAWIO --user 1000:1000 busybox",
      { line: "docker run --cap-add SYS_RAWIO busybox", host: { lockdown: "integrity" } },
    ],
  },
});
