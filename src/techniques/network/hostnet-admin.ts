import { all, cap, ns, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Administering the host's network.
 *
 * Not enough: CAP_NET_ADMIN in a network namespace of the container's own, which changes nothing of the host.
 */
export const hostnetAdmin = technique({
  id: "hostnet-admin",
  attack: ["T1562.004", "T1557"],
  severity: "high",
  title: {
    en: "The host's network and firewall can be changed",
    ja: "ホストのネットワークとファイアウォールを変更できる",
  },
  explanation: {
    en: "With the host's network and CAP_NET_ADMIN the container sets addresses, routes and firewall rules of the host. It can open ports that the firewall closed, and lead traffic to itself. In a network of its own the same capability only concerns the container.",
    ja: "ホストのネットワークと CAP_NET_ADMIN があれば、コンテナはホストのアドレス、経路、ファイアウォール規則を設定できる。閉じたポートを開け、通信を自分に向けることもできる。独自のネットワークであれば、同じケーパビリティはコンテナ自身にしか及ばない。",
  },
  basis: "documented",
  needs: all(ns.net.host, cap("NET_ADMIN"), userns.host),
  gains: ["host-network-admin", "host-network-sniff"],
  examples: {
    open: ["docker run --network host --cap-add NET_ADMIN busybox"],
    closed: [
      "docker run --cap-add NET_ADMIN busybox",
      "docker run --network host busybox",
      "docker run --network host --user 1000 --cap-add NET_ADMIN busybox",
    ],
  },
});
