import { config, not } from "../facts/index.ts";
import { check } from "./check.ts";

/** No limit and no weight of processor time. Hygiene: a busy container slows its neighbours down. */
export const cpuUnlimited = check({
  id: "cpu-unlimited",
  severity: "info",
  title: { en: "Processor time is neither limited nor weighted", ja: "CPU 時間に上限も重みもない" },
  explanation: {
    en: "Without a limit or a weight every container has the same claim to the processors, the one that was taken over to compute coins included. A limit keeps the others responsive.",
    ja: "上限も重みもなければ、乗っ取られて暗号通貨の採掘に使われているものも含め、すべてのコンテナが同じだけ CPU を要求できる。上限を設ければ、他のコンテナの応答は保たれる。",
  },
  needs: not(config.cpuLimit),
  field: "HostConfig.NanoCpus",
  remedy: {
    summary: { en: "Set a limit, or shares, of processor time", ja: "CPU 時間の上限または重みを設定する" },
    edit: "HostConfig.NanoCpus=1000000000",
  },
  aliases: { "cis-docker-1.6.0": ["5.12"], kics: ["cpus_not_limited", "6b610c50-99fb-4ef0-a5f3-e312fd945bc3"] },
  examples: {
    flagged: ["docker run -d busybox", "docker run --cpuset-cpus 0 busybox"],
    clean: ["docker run --cpus 1.5 busybox", "docker run --cpu-shares 512 busybox"],
  },
});
