import { all, cap, ns, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Rebooting the machine from the host's process namespace. */
export const rebootHost = technique({
  id: "reboot-host",
  attack: ["T1529"],
  severity: "medium",
  title: { en: "The host can be rebooted", ja: "ホストを再起動できる" },
  explanation: {
    en: "reboot(2) ends the machine when it is called in the host's process namespace, and only the container when it is called in its own. The default seccomp profile lets it through with CAP_SYS_BOOT.",
    ja: "reboot(2) は、ホストの PID 名前空間で呼べばマシンを、自分の名前空間で呼べばコンテナだけを終わらせる。既定の seccomp プロファイルは CAP_SYS_BOOT があればこれを通す。",
  },
  basis: "documented",
  needs: all(cap("SYS_BOOT"), ns.pid.host, userns.host, seccomp.allows("reboot")),
  gains: ["host-dos"],
  examples: {
    open: ["docker run --pid host --cap-add SYS_BOOT busybox"],
    closed: ["docker run --cap-add SYS_BOOT busybox", "docker run --pid host busybox"],
  },
});
