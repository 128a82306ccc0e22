import { all, any, cap, device, hardening, not, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Reading the kernel's log. Not enough: /dev/kmsg alone, where dmesg_restrict is set. */
export const syslogRead = technique({
  id: "syslog-read",
  attack: ["T1082"],
  severity: "low",
  title: { en: "The kernel's log can be read", ja: "カーネルログを読める" },
  explanation: {
    en: "The log of the kernel names devices, addresses and crashes of the whole host. It takes CAP_SYSLOG, or a host that restricts nothing, and a way to it: the syslog call or /dev/kmsg.",
    ja: "カーネルログには、ホスト全体のデバイス、アドレス、クラッシュの情報が含まれる。CAP_SYSLOG があるか dmesg_restrict が無効で、さらに syslog 呼出しか /dev/kmsg という入口が要る。",
  },
  basis: "measured",
  needs: all(
    any(seccomp.allows("syslog"), device("kmsg", "r")),
    any(all(userns.host, any(cap("SYSLOG"), cap("SYS_ADMIN"))), not(hardening.dmesgRestrict)),
  ),
  gains: ["host-info-leak"],
  examples: {
    open: [
      "docker run --cap-add SYSLOG busybox",
      { line: "docker run --device /dev/kmsg busybox", host: { dmesgRestrict: false } },
    ],
    possible: ["docker run --device /dev/kmsg busybox"],
    closed: ["docker run busybox", { line: "docker run --device /dev/kmsg busybox", host: { dmesgRestrict: true } }],
  },
});
