import { MAKING_VERBS } from "./making.ts";
import type { Preset } from "./preset.ts";

/** `docker compose` for one project or user. */
export const compose: Preset = {
  id: "compose",
  title: { en: "Compose projects", ja: "Compose プロジェクト" },
  can: [
    {
      en: "Bring projects up and down: make, start, stop and remove containers, networks and volumes of its own, with restart policies and published ports.",
      ja: "プロジェクトの起動と終了ができます。自分のコンテナ・ネットワーク・ボリュームの作成・開始・停止・削除、再起動ポリシー、ポートの公開を含みます。",
    },
    {
      en: "Pull images and build them with the classic builder.",
      ja: "イメージの取得と、従来のビルダーによるビルドができます。",
    },
  ],
  cannot: [
    {
      en: "See or touch containers of others. Mount a path of the host: add the project's directory under `mounts`.",
      ja: "他者のコンテナの閲覧・操作はできません。ホストのパスはマウントできないため、プロジェクトのディレクトリを `mounts` に加えてください。",
    },
    {
      en: "Use external networks or volumes that it did not make; privileged services, host namespaces, devices, added capabilities.",
      ja: "自分が作っていない外部ネットワークやボリューム、特権サービス、ホストの名前空間、デバイス、追加ケーパビリティは使えません。",
    },
  ],
  client: {
    own: "only",
    allow: [
      ...MAKING_VERBS,
      "container.prune",
      "container.commit",
      "network.prune",
      "volume.prune",
      "image.build",
      "image.tag",
      "image.remove",
    ],
    images: { write: ["**"] },
    ports: { publish: "any", range: "1-65535" },
    restart: true,
    limits: { pids: 8192, containers: 100 },
    environment: { hide: false },
  },
};
