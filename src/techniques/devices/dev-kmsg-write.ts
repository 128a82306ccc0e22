import { all, device, hostuid0 } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Forging lines of the kernel log.
 *
 * Opening /dev/kmsg for writing alone skips the check of dmesg_restrict (check_syslog_permissions is only asked for
 * readers: devkmsg_open, kernel/printk/printk.c), so root needs no capability.
 */
export const devKmsgWrite = technique({
  id: "dev-kmsg-write",
  attack: ["T1070", "T1565"],
  severity: "low",
  title: { en: "Lines of the host's kernel log can be forged", ja: "ホストのカーネルログを偽造できる" },
  explanation: {
    en: "Every line written to /dev/kmsg enters the kernel log of the host, from where the journal and monitoring collect it. Root may write without any capability. It deceives whoever reads the logs, and pushes real messages out of the ring buffer.",
    ja: "/dev/kmsg に書いた行はホストのカーネルログに入り、journal や監視がそれを収集する。root であればケーパビリティなしで書ける。ログを読む者を欺けるほか、本物のメッセージをリングバッファから押し出せる。",
  },
  basis: "read-in-source",
  needs: all(device("kmsg", "w"), hostuid0),
  gains: ["log-tamper"],
  examples: {
    open: ["docker run --device /dev/kmsg busybox", "docker run --cap-drop ALL --device /dev/kmsg busybox"],
    closed: [
      "docker run --device /dev/kmsg:/dev/kmsg:r busybox",
      "docker run --user 1000 --device /dev/kmsg busybox",
      { line: "docker run --device /dev/kmsg busybox", host: { usernsRemap: true } },
    ],
  },
});
