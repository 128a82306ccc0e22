import { config, not } from "../facts/index.ts";
import { check } from "./check.ts";

/** The container's own files can be changed, which is where intruders keep their tools. */
export const rootFilesystemWritable = check({
  id: "root-filesystem-writable",
  severity: "info",
  title: { en: "The container's root file system is writable", ja: "コンテナのルートファイルシステムに書き込める" },
  explanation: {
    en: "Whoever gets in can replace programs of the container and keep tools there. A read-only root file system takes that away; what the program has to write goes to a volume or a tmpfs. Many images need no more than /tmp and /run.",
    ja: "侵入者はコンテナのプログラムを差し替え、道具を置いておける。ルートファイルシステムを読取り専用にすればそれができなくなり、プログラムが書く必要のあるものはボリュームか tmpfs に置けばよい。多くのイメージでは /tmp と /run だけで足りる。",
  },
  needs: not(config.readOnlyRoot),
  field: "HostConfig.ReadonlyRootfs",
  remedy: {
    summary: {
      en: "Make the root file system read-only, with a tmpfs where it has to write",
      ja: "ルートファイルシステムを読取り専用にし、書込み先に tmpfs を使う",
    },
    edit: "HostConfig.ReadonlyRootfs=true",
  },
  aliases: { "cis-docker-1.6.0": ["5.13"] },
  examples: {
    flagged: ["docker run -d busybox", "docker run --read-only=false busybox"],
    clean: ["docker run --read-only busybox", "docker run --read-only --tmpfs /tmp busybox"],
  },
});
