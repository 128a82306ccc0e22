import { gained } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Writing anywhere is being root a moment later. */
export const writeAnyToRoot = technique({
  id: "write-any-to-root",
  attack: ["T1611", "T1053.003", "T1098.004", "T1574.006"],
  severity: "critical",
  title: { en: "Writing any file of the host gives root", ja: "ホストの任意ファイルへの書込みは root に等しい" },
  explanation: {
    en: "Whoever can write every file of the host can add an SSH key for root, a scheduled job, a systemd unit or a preloaded library. Each of them runs as root without further ado.",
    ja: "ホストのすべてのファイルに書き込める者は、root の SSH 鍵、定期ジョブ、systemd ユニット、preload ライブラリを追加できる。どれもそのまま root として実行される。",
  },
  basis: "documented",
  needs: gained("host-file-write(*)"),
  gains: ["host-root"],
  examples: {
    open: ["docker run -v /:/mnt busybox"],
    closed: ["docker run -v /srv/app:/mnt busybox"],
  },
});
