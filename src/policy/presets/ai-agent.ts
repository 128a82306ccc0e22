import { MAKING_VERBS } from "./making.ts";
import type { Preset } from "./preset.ts";

/** A program that writes and runs code by itself. */
export const aiAgent: Preset = {
  id: "ai-agent",
  title: { en: "Coding agents", ja: "コーディングエージェント" },
  can: [
    {
      en: "Make containers, networks and volumes of its own, build images with the classic builder, run commands and tests, and remove them.",
      ja: "自分のコンテナ・ネットワーク・ボリュームを作り、従来のビルダーでイメージをビルドし、コマンドやテストを実行し、削除できます。",
    },
    {
      en: "Publish ports on 127.0.0.1 from 1024 up. Reach the network from its containers: limit that at the firewall if it matters.",
      ja: "127.0.0.1 の 1024 番以上のポートを公開できます。コンテナから外部への通信は可能なので、必要ならファイアウォールで制限してください。",
    },
    {
      en: "Use up to 20 containers, each with at most 4 GiB of memory, 2 CPUs and 1024 processes. A process never gets more rights than it began with.",
      ja: "同時に 20 個までのコンテナを、1 個あたりメモリ 4 GiB・CPU 2 個・プロセス 1024 個まで使えます。プロセスの権限が後から増えることはありません。",
    },
  ],
  cannot: [
    {
      en: "See or touch anything that it did not make, replace images of others, push images, or mount a path of the host: add its workspace under `mounts`.",
      ja: "自分が作っていないものの閲覧・操作、他者のイメージの置換え、イメージの送信、ホストのパスのマウントはできません（作業領域は `mounts` に加えてください）。",
    },
    {
      en: "Send more than 50 requests a second, sustained.",
      ja: "毎秒 50 件を超える要求を続けて送ることはできません。",
    },
  ],
  client: {
    own: "only",
    json: "tolerant",
    allow: [...MAKING_VERBS, "image.build", "image.tag", "container.commit"],
    images: { write: ["**"] },
    ports: { publish: "loopback", range: "1024-65535" },
    limits: {
      memory: "4GiB",
      cpus: 2,
      pids: 1024,
      shm: "1GiB",
      containers: 20,
      requestsPerSecond: 50,
      requestBurst: 200,
    },
    defaults: { noNewPrivileges: true, capDrop: ["NET_RAW", "MKNOD"] },
    environment: { hide: false },
  },
};
