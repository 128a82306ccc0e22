import { all, cap, ns, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Answering for the neighbours on a bridge.
 *
 * Reaches containers of the same network, never the host. Whether there are any, only somebody who knows the host can
 * tell.
 */
export const bridgeArpSpoof = technique({
  id: "bridge-arp-spoof",
  attack: ["T1557.002"],
  severity: "info",
  title: { en: "Neighbours on the same bridge can be impersonated", ja: "同じブリッジの隣のコンテナになりすませる" },
  explanation: {
    en: "Containers on one bridge share an Ethernet segment. With CAP_NET_RAW, which Docker gives by default, one of them can send false ARP answers and have its neighbours' traffic come to itself. A network of its own for every group of containers, or dropping the capability, ends it.",
    ja: "同じブリッジのコンテナは一つのイーサネットセグメントを共有する。Docker が既定で与える CAP_NET_RAW があれば、偽の ARP 応答を送り、隣のコンテナの通信を自分に向けられる。コンテナの組ごとにネットワークを分けるか、このケーパビリティを外せば防げる。",
  },
  basis: "documented",
  needs: all(ns.net.bridge, cap("NET_RAW"), told("net.shared-bridge")),
  gains: ["peer-network-mitm"],
  examples: {
    open: [{ line: "docker run -d busybox", host: { facts: { "net.shared-bridge": "yes" } } }],
    possible: ["docker run -d busybox"],
    closed: [
      "docker run --network none busybox",
      "docker run --cap-drop NET_RAW busybox",
      { line: "docker run -d busybox", host: { facts: { "net.shared-bridge": "no" } } },
    ],
  },
});
