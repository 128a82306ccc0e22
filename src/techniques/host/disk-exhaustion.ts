import { config, not } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * No limit of what the container writes.
 *
 * Hygiene and no escape. Volumes and logs have limits of their own and are not looked at here.
 */
export const diskExhaustion = technique({
  id: "disk-exhaustion",
  attack: ["T1499"],
  severity: "info",
  title: { en: "What the container writes is not limited", ja: "コンテナの書込み量に上限がない" },
  explanation: {
    en: "The writable layer of the container lies in the engine's data root. Without a size limit it grows until that file system is full, and then no container on the host can write. A read-only root file system with a small tmpfs, or a size in the storage options, prevents it.",
    ja: "コンテナの書込み可能な層はエンジンのデータルートにある。サイズの上限がなければファイルシステムが満杯になるまで増え、ホストのどのコンテナも書き込めなくなる。ルートファイルシステムを読取り専用にして小さな tmpfs を使うか、ストレージオプションでサイズを指定すれば防げる。",
  },
  basis: "documented",
  needs: not(config.storageLimit),
  gains: [],
  examples: {
    open: ["docker run -d busybox"],
    closed: ["docker run --storage-opt size=10G busybox", "docker run --read-only --tmpfs /tmp busybox"],
  },
});
