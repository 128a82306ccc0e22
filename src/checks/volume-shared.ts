import { sharing } from "../facts/index.ts";
import { check } from "./check.ts";

/** Two containers of a project have the same files. Whoever takes one of them can reach the other through them. */
export const volumeShared = check({
  id: "volume-shared",
  severity: "info",
  title: {
    en: "A volume or directory is shared with another container",
    ja: "ボリュームやディレクトリを別のコンテナと共有している",
  },
  explanation: {
    en: "What one container writes, the other reads: a configuration, a program, a file that is parsed. Whoever takes one of them has a way to the other. Where one of the two only reads, mount it read-only there; where they only exchange messages, let them talk over the network.",
    ja: "一方のコンテナが書いたもの（設定、プログラム、解析されるファイル）を、もう一方が読みます。片方を奪った攻撃者には、もう片方への道ができます。読むだけの側では読取り専用でマウントし、メッセージを交わすだけならネットワークで通信させるとよいです。",
  },
  needs: sharing.storage,
  field: "HostConfig.Binds",
  remedy: {
    summary: {
      en: "Give each container a volume of its own, or mount it read-only where it is only read",
      ja: "コンテナごとに専用のボリュームを使うか、読むだけの側では読取り専用にする",
    },
  },
  aliases: { kics: ["shared_volumes_between_containers", "8c978947-0ff6-485c-b0c2-0bfca6026466"] },
  examples: {
    flagged: [
      {
        compose:
          "services:\n  a: {image: x, volumes: ['d:/d']}\n  b: {image: y, volumes: ['d:/e:ro']}\nvolumes: {d: {}}",
      },
      { compose: "services:\n  a: {image: x, volumes: ['./d:/d']}\n  b: {image: y, volumes: ['./d:/e']}" },
    ],
    clean: [
      {
        compose:
          "services:\n  a: {image: x, volumes: ['d:/d']}\n  b: {image: y, volumes: ['e:/d']}\nvolumes: {d: {}, e: {}}",
      },
      { compose: "services:\n  a: {image: x, volumes: ['d:/d', 'd:/e']}\n  b: {image: y}\nvolumes: {d: {}}" },
      "docker run -v d:/d busybox",
    ],
  },
});
