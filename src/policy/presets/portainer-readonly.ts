import type { Preset } from "./preset.ts";

/** Portainer as a window, without its buttons. */
export const portainerReadonly: Preset = {
  id: "portainer-readonly",
  title: { en: "Portainer, to look only", ja: "Portainer（閲覧専用）" },
  can: [
    {
      en: "Show every page that lists or describes: containers, images, networks, volumes, services, nodes, events, usage, logs.",
      ja: "一覧と詳細のページ（コンテナ、イメージ、ネットワーク、ボリューム、サービス、ノード、イベント、使用量、ログ）をすべて表示できます。",
    },
  ],
  cannot: [
    {
      en: "Use any button that changes something, the console (exec, attach), the file browser of containers, or see values of environment variables.",
      ja: "変更を伴うボタン、コンソール（exec、attach）、コンテナのファイル閲覧は使えず、環境変数の値も見えません。",
    },
    {
      en: "See join tokens, the unlock key or configs of a swarm.",
      ja: "Swarm の参加トークン、ロック解除キー、コンフィグの内容は見えません。",
    },
  ],
  client: {
    own: "any",
    allow: ["@read", "container.logs", "container.top", "container.changes"],
    environment: { hide: true },
  },
};
