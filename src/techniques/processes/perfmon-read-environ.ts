import { all, any, cap, kernel, lsm, mount, not, ns, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Reading environments as CAP_PERFMON. Measured on 6.18; the first version that allows it is not certain. */
export const perfmonReadEnviron = technique({
  id: "perfmon-read-environ",
  attack: ["T1552.001", "T1057"],
  severity: "medium",
  title: { en: "Environments of host processes can be read", ja: "ホストのプロセスの環境変数を読める" },
  explanation: {
    en: "Recent kernels let CAP_PERFMON, and so CAP_SYS_ADMIN, read the maps and the environment of any process, where passwords and tokens often lie. Root directory and memory stay closed.",
    ja: "最近のカーネルでは、CAP_PERFMON(したがって CAP_SYS_ADMIN)があれば任意のプロセスの環境変数とメモリマップを読める。環境変数にはパスワードやトークンがよくある。ルートディレクトリとメモリは閉じたままである。",
  },
  basis: "measured",
  needs: all(
    any(cap("PERFMON"), cap("SYS_ADMIN")),
    any(ns.pid.host, mount.any("/proc")),
    userns.host,
    not(kernel.olderThan("6.17")),
    lsm.allows("ptrace-host"),
  ),
  gains: ["cred-theft"],
  aliases: { "cis-docker-1.6.0": ["5.16"] },
  examples: {
    open: [{ line: "docker run --pid host --cap-add PERFMON busybox", host: { kernel: "6.18" } }],
    closed: [
      "docker run --pid host --cap-add PERFMON busybox",
      { line: "docker run --pid host busybox", host: { kernel: "6.18" } },
      { line: "docker run --cap-add PERFMON busybox", host: { kernel: "6.18" } },
    ],
  },
});
