import { ns } from "../facts/index.ts";
import { check } from "./check.ts";

/** The host's network is shared. The techniques of the folder network say what follows. */
export const hostNetworkNamespace = check({
  id: "host-network-namespace",
  severity: "low",
  title: { en: "The host's network is shared", ja: "ホストのネットワークを共有している" },
  explanation: {
    en: "The container has the host's interfaces, addresses and loopback, and the engine's firewall rules do not apply to it. Publish the ports that are needed instead; a service that must see the addresses of its clients can have a macvlan network.",
    ja: "コンテナはホストのインタフェース、アドレス、ループバックをそのまま使い、エンジンのファイアウォール規則は適用されない。代わりに必要なポートだけを公開するとよい。クライアントのアドレスを知る必要があるサービスには、macvlan ネットワークという手がある。",
  },
  needs: ns.net.host,
  field: "HostConfig.NetworkMode",
  remedy: {
    summary: { en: "Publish ports instead of sharing the network", ja: "ネットワークを共有せずにポートを公開する" },
    edit: 'HostConfig.NetworkMode="bridge"',
  },
  aliases: { "cis-docker-1.6.0": ["5.10"], kics: ["shared_host_network_namespace"] },
  examples: {
    flagged: ["docker run --network host busybox"],
    clean: [
      "docker run -p 8080:80 busybox",
      "docker run --network none busybox",
      "docker run --network backend busybox",
    ],
  },
});
