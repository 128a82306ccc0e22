import { all, any, lsm, proc, sys, uid0 } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Reading what MaskedPaths would hide. A user namespace does not hide it either. */
export const maskedPathsOff = technique({
  id: "masked-paths-off",
  attack: ["T1082"],
  severity: "low",
  title: { en: "Masked files of the kernel can be read", ja: "マスクされるべきカーネル情報を読める" },
  explanation: {
    en: "The engine hides files of procfs and sysfs that tell about the host: keys, timers, firmware. Without the masks they can be read. By itself that is information, no more.",
    ja: "エンジンは、ホストのことが分かる procfs と sysfs のファイル(鍵、タイマー、ファームウェアなど)を隠す。マスクがなければ読める。それだけなら情報の漏えいにとどまる。",
  },
  basis: "measured",
  needs: any(
    proc.unmasked("keys"),
    all(proc.unmasked("timer_list"), uid0),
    all(sys.firmwareUnmasked, lsm.allows("kernel-read")),
  ),
  gains: ["host-info-leak"],
  examples: {
    open: [
      "docker run --security-opt systempaths=unconfined busybox",
      "docker run --privileged busybox",
      { line: "docker run --privileged busybox", host: { rootless: true } },
    ],
    closed: ["docker run busybox", "docker run --cap-add SYS_ADMIN busybox"],
  },
});
