import type { Preset } from "./preset.ts";

/** Looking without touching: dashboards, exporters, log shippers. */
export const observer: Preset = {
  id: "observer",
  title: { en: "Looks and touches nothing", ja: "閲覧のみ" },
  can: [
    {
      en: "See every container, image, network and volume, their settings, processes, resource usage and events.",
      ja: "すべてのコンテナ・イメージ・ネットワーク・ボリュームと、その設定・プロセス・リソース使用量・イベントを見られます。",
    },
    {
      en: "Read what containers write to their output. Programs that print secrets show them here.",
      ja: "コンテナの出力を読めます。秘密を出力するプログラムがあれば、それも見えます。",
    },
  ],
  cannot: [
    {
      en: "Change, start, stop or make anything; see values of environment variables; copy files out of containers.",
      ja: "何かを変更・開始・停止・作成すること、環境変数の値を見ること、コンテナからファイルを取り出すことはできません。",
    },
  ],
  client: {
    own: "any",
    allow: ["@read", "container.top", "container.logs", "container.changes", "service.read"],
    environment: { hide: true },
  },
};
