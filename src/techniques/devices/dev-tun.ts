import { all, cap, device } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Making network interfaces with /dev/net/tun.
 *
 * Not an escape: the interface appears in the container's own network namespace. With the host's network it is
 * hostnet-admin that matters.
 */
export const devTun = technique({
  id: "dev-tun",
  attack: ["T1090"],
  severity: "info",
  title: { en: "Tunnel interfaces can be created", ja: "トンネルインタフェースを作成できる" },
  explanation: {
    en: "With /dev/net/tun and CAP_NET_ADMIN the container creates network interfaces, as every VPN client in a container does. They belong to the container's own network namespace and do not touch the host's; only a little more of the kernel's network code can be reached.",
    ja: "/dev/net/tun と CAP_NET_ADMIN があれば、コンテナ内の VPN クライアントと同じようにネットワークインタフェースを作成できる。作られる先はコンテナ自身のネットワーク名前空間で、ホストのネットワークには触れない。到達できるカーネルのネットワーク処理が少し増えるだけである。",
  },
  basis: "documented",
  needs: all(device("tun", "w"), cap("NET_ADMIN")),
  gains: ["kernel-attack-surface"],
  examples: {
    open: ["docker run --cap-add NET_ADMIN --device /dev/net/tun busybox"],
    closed: [
      "docker run --device /dev/net/tun busybox",
      "docker run --cap-add NET_ADMIN busybox",
      "docker run --user 1000 --cap-add NET_ADMIN --device /dev/net/tun busybox",
    ],
  },
});
