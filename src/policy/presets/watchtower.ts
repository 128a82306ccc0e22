import type { Preset } from "./preset.ts";

/** Replacing containers by newer versions of their images. */
export const watchtower: Preset = {
  id: "watchtower",
  title: { en: "Watchtower and other updaters", ja: "Watchtower などの自動更新" },
  can: [
    {
      en: "See every container, its settings and its environment: it needs them to make the container again.",
      ja: "すべてのコンテナと、その設定・環境変数を見られます（作り直すために必要です）。",
    },
    {
      en: "Stop, rename, remove and make containers anew, and pull and remove images. It can replace any container by an image of its choice: name the images under `images.use`.",
      ja: "コンテナの停止・改名・削除・再作成と、イメージの取得・削除ができます。任意のコンテナを選んだイメージで置き換えられるため、`images.use` でイメージを限定してください。",
    },
  ],
  cannot: [
    {
      en: "Make or start a container that could take over the host, even where one was there before: such containers have to be updated by hand.",
      ja: "ホストを乗っ取れるコンテナは、以前から存在していたものでも作成・開始できません。そのようなコンテナは手で更新してください。",
    },
    {
      en: "Make containers with host paths again: add the paths under `mounts`. Run commands in containers (lifecycle hooks).",
      ja: "ホストのパスを持つコンテナの再作成はできません（パスを `mounts` に加えてください）。コンテナ内のコマンド実行（ライフサイクルフック）もできません。",
    },
  ],
  client: {
    own: "any",
    allow: [
      "system.ping",
      "system.version",
      "system.info",
      "system.events",
      "container.list",
      "container.inspect",
      "container.wait",
      "container.create",
      "container.start",
      "container.stop",
      "container.rename",
      "container.remove",
      "image.list",
      "image.inspect",
      "image.pull",
      "image.remove",
      "network.list",
      "network.inspect",
      "network.connect",
      "volume.inspect",
    ],
    namespaces: { join: "any" },
    ports: { publish: "any", range: "1-65535" },
    restart: true,
    environment: { hide: false },
  },
};
