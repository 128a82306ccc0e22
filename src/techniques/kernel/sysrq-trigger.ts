import { all, any, hostuid0, kernel, lsm, mount, proc, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Writing to /proc/sysrq-trigger. */
export const sysrqTrigger = technique({
  id: "sysrq-trigger",
  attack: ["T1529"],
  severity: "high",
  title: { en: "The kernel's emergency keys can be pressed", ja: "カーネルの緊急操作(SysRq)を発行できる" },
  explanation: {
    en: "One character written to /proc/sysrq-trigger reboots, halts or crashes the host, whatever kernel.sysrq says. The engine makes the file read-only; it is open where the read-only paths are taken away or the host's /proc is bound.",
    ja: "/proc/sysrq-trigger に 1 文字書けば、kernel.sysrq の値にかかわらず、ホストは再起動、停止、クラッシュする。エンジンはこのファイルを読取り専用にするが、その保護を外すかホストの /proc をバインドすると開く。",
  },
  basis: "documented",
  needs: all(
    any(
      all(proc.unreadonly("sysrq-trigger"), lsm.allows("proc-write")),
      all(mount.rw("/proc/sysrq-trigger"), lsm.allows("file-host")),
    ),
    hostuid0,
    userns.host,
    kernel.option("MAGIC_SYSRQ"),
  ),
  gains: ["host-dos"],
  examples: {
    open: [
      "docker run --security-opt systempaths=unconfined busybox",
      { line: "docker run -v /proc:/host/proc busybox", host: { apparmor: true } },
    ],
    closed: [
      "docker run busybox",
      { line: "docker run --security-opt systempaths=unconfined busybox", host: { apparmor: true } },
      "docker run -v /proc:/host/proc:ro busybox",
    ],
  },
});
