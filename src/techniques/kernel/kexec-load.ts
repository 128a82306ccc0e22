import { all, cap, hardening, kernel, lsm, not, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Loading another kernel over the running one. */
export const kexecLoad = technique({
  id: "kexec-load",
  attack: ["T1611"],
  severity: "critical",
  title: { en: "The running kernel can be replaced", ja: "動作中のカーネルを差し替えられる" },
  explanation: {
    en: "CAP_SYS_BOOT is the right to start another kernel. The default seccomp profile opens reboot for it but not kexec_load, so this needs a container whose filter is off, such as a privileged one.",
    ja: "CAP_SYS_BOOT は別のカーネルを起動する権利である。既定の seccomp プロファイルはこれに reboot だけを開き kexec_load は開かないため、privileged のようにフィルタのないコンテナが前提になる。",
  },
  basis: "read-in-source",
  needs: all(
    cap("SYS_BOOT"),
    seccomp.allows("kexec_load"),
    userns.host,
    kernel.option("KEXEC"),
    not(hardening.lockdown),
    lsm.allows("kernel-capability"),
  ),
  gains: ["kernel-code"],
  examples: {
    open: [
      "docker run --cap-add SYS_BOOT --security-opt seccomp=unconfined busybox",
      "docker run --privileged busybox",
    ],
    closed: [
      "docker run --cap-add SYS_BOOT busybox",
      { line: "docker run --privileged busybox", host: { lockdown: "integrity" } },
      "docker run --security-opt seccomp=unconfined busybox",
    ],
  },
});
