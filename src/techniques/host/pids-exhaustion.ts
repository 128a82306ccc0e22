import { config, not } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * No limit of processes.
 *
 * Hygiene and no escape: a fork bomb inside slows down the whole host.
 */
export const pidsExhaustion = technique({
  id: "pids-exhaustion",
  attack: ["T1499"],
  severity: "low",
  title: { en: "The number of the container's processes is not limited", ja: "コンテナのプロセス数に上限がない" },
  explanation: {
    en: "Processes of all containers share the host's table of process numbers. A program that keeps forking fills it, and then nobody on the host can start anything, not even to stop the container. A limit of a few hundred is enough for nearly every service.",
    ja: "全コンテナのプロセスは、ホストのプロセス番号の表を共有している。fork を繰り返すプログラムがこれを埋めると、コンテナを止めるためのプロセスすらホストで起動できなくなる。ほとんどのサービスでは数百の上限で足りる。",
  },
  basis: "documented",
  needs: not(config.pidsLimit),
  gains: [],
  aliases: { "cis-docker-1.6.0": ["5.29"], kics: ["pids_limit_not_set"] },
  examples: {
    open: ["docker run -d busybox", "docker run --pids-limit -1 busybox"],
    closed: ["docker run --pids-limit 200 busybox"],
  },
});
