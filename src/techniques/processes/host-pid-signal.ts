import { all, any, hostuid0, lsm, matchesHostUser, ns, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Signalling processes of the host. A bind of /proc shows them but gives no numbers to signal. */
export const hostPidSignal = technique({
  id: "host-pid-signal",
  attack: ["T1489", "T1499"],
  severity: "high",
  title: { en: "Processes of the host can be killed", ja: "ホストのプロセスを停止させられる" },
  explanation: {
    en: "Whoever sees the host's processes may signal those of the same user; the host's root may signal all of root's, with no capability. docker-default lets signals through only to its own kind.",
    ja: "ホストのプロセスが見えれば、同じユーザのプロセスにシグナルを送れる。ホストの root なら、ケーパビリティがなくても root の全プロセスに送れる。docker-default は、同じプロファイルの相手へのシグナルだけを通す。",
  },
  basis: "measured",
  needs: all(ns.pid.host, userns.host, lsm.allows("signal-host"), any(hostuid0, matchesHostUser)),
  gains: ["host-dos"],
  aliases: { "cis-docker-1.6.0": ["5.16"] },
  examples: {
    open: [
      "docker run --pid host --cap-drop ALL busybox",
      { line: "docker run --pid host --user 1000:1000 busybox", host: { hostUser: "1000:1000" } },
    ],
    possible: ["docker run --pid host --user 1000:1000 busybox"],
    closed: [
      "docker run busybox",
      { line: "docker run --pid host busybox", host: { apparmor: true } },
      "docker run -v /proc:/host/proc:ro busybox",
    ],
  },
});
