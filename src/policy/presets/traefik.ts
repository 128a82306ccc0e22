import type { Preset } from "./preset.ts";

/** A reverse proxy that finds its services by the labels of containers. */
export const traefik: Preset = {
  id: "traefik",
  title: { en: "Traefik and other proxies that read labels", ja: "Traefik など、ラベルを読むプロキシ" },
  can: [
    {
      en: "See every container with its labels, addresses and networks, and hear when containers come and go.",
      ja: "すべてのコンテナのラベル・アドレス・ネットワークを見て、コンテナの増減を知ることができます。",
    },
    {
      en: "Ask for the engine's version; see services and tasks of a swarm.",
      ja: "エンジンのバージョンと、Swarm のサービスとタスクを見られます。",
    },
  ],
  cannot: [
    {
      en: "Change anything, read output or files of containers, or see values of environment variables.",
      ja: "何かを変更すること、コンテナの出力やファイルを読むこと、環境変数の値を見ることはできません。",
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
      "network.list",
      "network.inspect",
      "service.read",
    ],
    environment: { hide: true },
  },
};
