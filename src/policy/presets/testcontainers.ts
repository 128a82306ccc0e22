import { MAKING_VERBS } from "./making.ts";
import type { Preset } from "./preset.ts";

/** Tests that start databases and brokers through the Testcontainers libraries. */
export const testcontainers: Preset = {
  id: "testcontainers",
  title: { en: "Tests with Testcontainers", ja: "Testcontainers を使うテスト" },
  can: [
    {
      en: "Pull images, make containers and networks of its own, copy files into them, run commands, read output, and remove them.",
      ja: "イメージを取得し、自分のコンテナとネットワークを作り、ファイルを入れ、コマンドを実行し、出力を読み、削除できます。",
    },
    {
      en: "Publish ports from 1024 up, as the libraries do for every port that a test uses. They listen on every address of the host.",
      ja: "ライブラリがテスト用に行うとおり、1024 番以上のポートを公開できます。ホストの全アドレスで待ち受けます。",
    },
  ],
  cannot: [
    {
      en: "Start Ryuk, which asks for the engine's socket: set TESTCONTAINERS_RYUK_DISABLED=true. What tests leave behind carries the label sekisho.client and can be removed by it.",
      ja: "エンジンのソケットを要求する Ryuk は起動できません。TESTCONTAINERS_RYUK_DISABLED=true を設定してください。残ったものは sekisho.client ラベルで見つけて削除できます。",
    },
    {
      en: "See or touch anything that it did not make; mount a path of the host; privileged modules (Docker in Docker, k3s).",
      ja: "自分が作っていないものの閲覧・操作、ホストのパスのマウント、特権が要るモジュール（Docker in Docker、k3s）の利用はできません。",
    },
  ],
  client: {
    own: "only",
    json: "tolerant",
    allow: [...MAKING_VERBS, "image.build", "image.tag", "container.commit"],
    images: { write: ["**"] },
    ports: { publish: "any", range: "1024-65535" },
    limits: { memory: "4GiB", pids: 4096, containers: 50 },
    environment: { hide: false },
  },
};
