import { all, any, hostuid0, lsm, mount, proc, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Changing settings that belong to the whole kernel. Keys of a private network or IPC namespace are harmless.
 *
 * The hole in docker-default: its rule for /proc/sys/kernel is written letter by letter to spare shm* (moby
 * profiles/apparmor/template.go), and spares more than that.
 */
export const sysctlDos = technique({
  id: "sysctl-dos",
  attack: ["T1499"],
  severity: "high",
  title: { en: "Settings of the whole kernel can be changed", ja: "カーネル全体の設定を変更できる" },
  explanation: {
    en: "Most of /proc/sys belongs to no namespace: panic on errors, limits, schedulers. Whoever writes there as the host's root can stop the host. docker-default leaves a hole: names whose first letter is s, second h or third m stay writable.",
    ja: "/proc/sys の大半はどの名前空間にも属さない(エラー時の panic、各種上限、スケジューラなど)。ホストの root として書ければ、ホストを止められる。docker-default には穴があり、1 文字目が s、2 文字目が h、または 3 文字目が m の名前は書き込めるままになる。",
  },
  basis: "measured",
  needs: all(
    any(
      all(proc.sysWritable, any(lsm.allows("proc-write"), all(lsm.dockerDefault, lsm.selinuxOff))),
      all(mount.rw("/proc/sys/kernel/panic"), lsm.allows("file-host")),
    ),
    hostuid0,
    userns.host,
  ),
  gains: ["host-dos"],
  examples: {
    open: [
      "docker run --security-opt systempaths=unconfined busybox",
      { line: "docker run --security-opt systempaths=unconfined busybox", host: { apparmor: true } },
      "docker run -v /proc/sys:/x busybox",
    ],
    closed: [
      "docker run busybox",
      "docker run --security-opt systempaths=unconfined --user 1000:1000 busybox",
      "docker run --sysctl net.ipv4.ip_forward=1 busybox",
    ],
  },
});
