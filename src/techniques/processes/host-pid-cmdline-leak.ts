import { all, any, lsm, mount, ns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Reading /proc/PID/cmdline. */
export const hostPidCmdlineLeak = technique({
  id: "host-pid-cmdline-leak",
  attack: ["T1057", "T1552"],
  severity: "medium",
  title: { en: "Command lines of the host can be read", ja: "ホストのコマンドラインを読める" },
  explanation: {
    en: "The list of processes and their arguments is open to everybody who sees the host's processes, with no capability. Passwords given as arguments are in it.",
    ja: "ホストのプロセスが見えれば、一覧と引数はケーパビリティなしで誰でも読める。引数で渡したパスワードもそこにある。",
  },
  basis: "measured",
  needs: any(ns.pid.host, all(mount.any("/proc"), lsm.allows("file-host"))),
  gains: ["host-info-leak"],
  aliases: { "cis-docker-1.6.0": ["5.16"] },
  examples: {
    open: [
      "docker run --pid host --cap-drop ALL --user 65534:65534 busybox",
      "docker run -v /proc:/host/proc:ro busybox",
    ],
    closed: ["docker run busybox", "docker run -v /proc/cpuinfo:/x:ro busybox"],
  },
});
