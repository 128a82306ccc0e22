import { config, not } from "../facts/index.ts";
import { check } from "./check.ts";

/** The container has the limits of the engine, whatever they are on this host. */
export const ulimitsDefault = check({
  id: "ulimits-default",
  severity: "info",
  title: {
    en: "Limits of open files and the like are the engine's",
    ja: "ファイル数などの上限がエンジン任せになっている",
  },
  explanation: {
    en: "Limits of open files, core dumps and processes come from the engine unless the container names its own, and engines differ: some allow a billion open files. Naming those that matter keeps the program the same on every host.",
    ja: "開けるファイル数、コアダンプ、プロセス数などの上限は、コンテナが指定しなければエンジンのものになり、エンジンによって異なる。10 億個のファイルを許すものもある。重要なものを指定しておけば、どのホストでも同じように動く。",
  },
  needs: not(config.ulimits),
  field: "HostConfig.Ulimits",
  remedy: {
    summary: { en: "Name the limits that matter to the program", ja: "プログラムにとって重要な上限を指定する" },
  },
  aliases: { "cis-docker-1.6.0": ["5.19"] },
  examples: {
    flagged: ["docker run -d busybox"],
    clean: ["docker run --ulimit nofile=1024:4096 busybox", "docker run --ulimit core=0 busybox"],
  },
});
