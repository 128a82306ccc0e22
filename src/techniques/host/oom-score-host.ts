import { config, not } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * No limit of memory.
 *
 * Hygiene and no escape: the container can use up the host's memory, as any program can.
 */
export const oomScoreHost = technique({
  id: "oom-score-host",
  attack: ["T1499"],
  severity: "low",
  title: { en: "The container's memory is not limited", ja: "コンテナのメモリに上限がない" },
  explanation: {
    en: "Without a limit the container may use all memory of the host. When none is left, the kernel ends whichever process it judges worst, which need not be this container's. A limit keeps the damage where it arises.",
    ja: "上限がなければ、コンテナはホストのメモリをすべて使える。メモリが尽きると、カーネルは最も不利と判断したプロセスを終了させるが、それがこのコンテナのものとは限らない。上限を設ければ、被害は起きた場所にとどまる。",
  },
  basis: "documented",
  needs: not(config.memoryLimit),
  gains: [],
  aliases: {
    "cis-docker-1.6.0": ["5.11"],
    trivy: ["KSV-0018"],
    checkov: ["CKV_K8S_13"],
    kubesec: ["LimitsMemory"],
    kics: ["memory_not_limited", "bb9ac4f7-e13b-423d-a010-c74a1bfbe492"],
  },
  examples: {
    open: ["docker run -d busybox", "docker run --memory-swap -1 busybox"],
    closed: ["docker run --memory 512m busybox", "docker run --memory 512m --memory-swap 1g busybox"],
  },
});
