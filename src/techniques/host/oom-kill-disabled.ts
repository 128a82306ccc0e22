import { all, cgroup, config, not } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The kernel may not end the container when memory runs out.
 *
 * Needs all of: the switch, no limit of memory, cgroup version 1. Version 2 has no such switch and the engine drops it;
 * with a limit only the container itself stalls.
 */
export const oomKillDisabled = technique({
  id: "oom-kill-disabled",
  attack: ["T1499"],
  severity: "low",
  title: {
    en: "Out of memory, the host suffers instead of the container",
    ja: "メモリ枯渇時にコンテナではなくホストが被害を受ける",
  },
  explanation: {
    en: "OomKillDisable asks the kernel to spare this container. Without a memory limit the container then uses up the host's memory, and the kernel has to end processes of the host. Set a limit first, or drop the switch; hosts with cgroup version 2 ignore it.",
    ja: "OomKillDisable は、このコンテナを終了させないようカーネルに求める。メモリの上限がなければ、コンテナはホストのメモリを使い尽くし、カーネルはホストのプロセスを終了させるしかなくなる。先に上限を設けるか、この指定を外すとよい。cgroup バージョン 2 のホストではこの指定は無視される。",
  },
  basis: "documented",
  needs: all(config.oomKillDisable, not(config.memoryLimit), cgroup.v1),
  gains: ["host-dos"],
  examples: {
    open: [{ line: "docker run --oom-kill-disable busybox", host: { cgroup: 1 } }],
    closed: [
      "docker run --oom-kill-disable busybox",
      { line: "docker run --oom-kill-disable --memory 512m busybox", host: { cgroup: 1 } },
      { line: "docker run -d busybox", host: { cgroup: 1 } },
    ],
  },
});
