import { gained } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** From a process of the host to its root. */
export const injectToRoot = technique({
  id: "inject-to-root",
  attack: ["T1055", "T1611"],
  severity: "critical",
  title: { en: "Code in a host process is root on the host", ja: "ホストのプロセス内のコードは root に等しい" },
  explanation: {
    en: "Most daemons of a host run as root, its init among them. Code placed in one of them runs with all of its rights and none of the container's limits.",
    ja: "init をはじめ、ホストのデーモンの多くは root で動く。その中に置かれたコードは、コンテナの制限を一切受けず、そのすべての権限で動く。",
  },
  basis: "documented",
  needs: gained("host-process-inject"),
  gains: ["host-root"],
  examples: {
    open: ["docker run --pid host --cap-add SYS_PTRACE busybox"],
    closed: [
      "docker run --pid host busybox",
      { line: "docker run --pid host --cap-add SYS_PTRACE busybox", host: { apparmor: true } },
    ],
  },
});
