import { MAKING_VERBS } from "./making.ts";
import type { Preset } from "./preset.ts";

/** Jobs of a CI server: each makes containers, builds, and clears away. */
export const ci: Preset = {
  id: "ci",
  title: { en: "Jobs of a CI server", ja: "CI のジョブ" },
  can: [
    {
      en: "Make containers, networks and volumes of its own, run commands in them, copy files in and out, and remove them.",
      ja: "自分のコンテナ・ネットワーク・ボリュームを作り、その中でコマンドを実行し、ファイルを出し入れし、削除できます。",
    },
    {
      en: "Pull any image, build images with the classic builder, tag and push them.",
      ja: "任意のイメージを取得し、従来のビルダーでイメージをビルドし、タグを付けて送信できます。",
    },
    {
      en: "Use up to 50 containers at a time, each with at most 8 GiB of memory and 4096 processes.",
      ja: "同時に 50 個までのコンテナを、1 個あたりメモリ 8 GiB・プロセス 4096 個まで使えます。",
    },
  ],
  cannot: [
    {
      en: "See or touch anything that it did not make; replace the name of an image that it did not build.",
      ja: "自分が作っていないものを見たり触ったりすること、自分がビルドしていないイメージの名前を置き換えることはできません。",
    },
    {
      en: "Mount a path of the host: add the workspace under `mounts` if jobs need it. Publish ports, use devices, add capabilities or weaken confinement.",
      ja: "ホストのパスはマウントできません（ジョブに必要なら作業領域を `mounts` に加えてください）。ポートの公開、デバイスの利用、ケーパビリティの追加、隔離の弱体化もできません。",
    },
    {
      en: "Build with BuildKit: its session is a tunnel that nobody can look into. Set DOCKER_BUILDKIT=0.",
      ja: "BuildKit でのビルドはできません（そのセッションは中を見られないトンネルです）。DOCKER_BUILDKIT=0 を設定してください。",
    },
  ],
  client: {
    own: "only",
    allow: [
      ...MAKING_VERBS,
      "container.commit",
      "container.prune",
      "network.prune",
      "volume.prune",
      "image.build",
      "image.tag",
      "image.push",
      "image.remove",
      "image.save",
    ],
    images: { write: ["**"] },
    limits: { memory: "8GiB", pids: 4096, containers: 50 },
    environment: { hide: false },
  },
};
