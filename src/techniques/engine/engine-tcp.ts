import { all, any, ns, onHost, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The API of the engine over TCP.
 *
 * Needs all of: an engine that listens without authentication, and a network that reaches it.
 */
export const engineTcp = technique({
  id: "engine-tcp",
  attack: ["T1610", "T1133"],
  severity: "critical",
  title: { en: "The engine answers on TCP without authentication", ja: "エンジンが無認証の TCP で応答する" },
  explanation: {
    en: "An engine that listens on TCP without client certificates obeys everybody who reaches the port. Containers on a bridge reach the host at their gateway's address, so no setting of the container is involved. A listener on 127.0.0.1 serves containers on the host's network only.",
    ja: "クライアント証明書なしに TCP で待ち受けるエンジンは、そのポートに届く者すべてに従う。ブリッジ上のコンテナはゲートウェイのアドレスでホストに届くので、コンテナの設定は関係しない。127.0.0.1 での待受けなら、届くのはホストのネットワークを使うコンテナだけである。",
  },
  basis: "documented",
  needs: all(
    onHost.engineTcpOpen,
    any(ns.net.host, all(ns.net.bridge, told("host.engine-tcp-beyond-loopback", "yes"))),
  ),
  gains: ["engine-api"],
  examples: {
    open: [
      { line: "docker run busybox", host: { engineTcpOpen: true } },
      { line: "docker run -u 20000:20000 --network host busybox", host: { engineTcpOpen: true } },
    ],
    closed: [
      "docker run --network host busybox",
      { line: "docker run --network none busybox", host: { engineTcpOpen: true } },
      { line: "docker run busybox", host: { engineTcpOpen: true, facts: { "host.engine-tcp-beyond-loopback": "no" } } },
    ],
  },
});
