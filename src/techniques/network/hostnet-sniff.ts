import { all, cap, ns, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Listening on the host's interfaces.
 *
 * CAP_NET_RAW is in the default set, so the host's network is all that has to be asked for.
 */
export const hostnetSniff = technique({
  id: "hostnet-sniff",
  attack: ["T1040"],
  severity: "high",
  title: { en: "The host's network traffic can be read", ja: "ホストの通信を盗聴できる" },
  explanation: {
    en: "In the host's network namespace a raw socket sees the packets of every interface of the host, those of other containers included. CAP_NET_RAW allows it, and Docker gives that capability to every container. Dropping it closes this; publishing the ports that are needed instead of sharing the network closes more.",
    ja: "ホストのネットワーク名前空間では、raw ソケットから、他のコンテナのものも含めてホストの全インタフェースのパケットが見える。必要な CAP_NET_RAW は Docker が全コンテナに与えている。これを外せば塞がるが、ネットワークを共有せず必要なポートを公開するほうが、より多くを塞げる。",
  },
  basis: "documented",
  needs: all(ns.net.host, cap("NET_RAW"), userns.host),
  gains: ["host-network-sniff"],
  examples: {
    open: ["docker run --network host busybox"],
    closed: [
      "docker run -p 8080:80 busybox",
      "docker run --network host --cap-drop NET_RAW busybox",
      "docker run --network host --user 1000 busybox",
    ],
  },
});
