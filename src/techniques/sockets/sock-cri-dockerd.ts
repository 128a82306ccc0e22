import { reaches } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The runtime interface of cri-dockerd, or of the older dockershim, through its socket.
 *
 * Needs all of: the socket bound, root of the host or its group.
 */
export const sockCriDockerd = technique({
  id: "sock-cri-dockerd",
  attack: ["T1611", "T1610", "T1552.007"],
  severity: "critical",
  title: { en: "cri-dockerd's socket is reachable", ja: "cri-dockerd のソケットに到達できる" },
  explanation: {
    en: "cri-dockerd translates the Kubernetes runtime interface into calls of the Docker Engine. Whoever connects has containers started without the API server, through an engine that runs as root.",
    ja: "cri-dockerd は Kubernetes のランタイムインタフェースを Docker Engine の呼出しに翻訳する。接続した者は、API サーバを通さず、root で動くエンジンにコンテナを起動させられる。",
  },
  basis: "documented",
  needs: reaches("cri-dockerd"),
  gains: ["engine-api"],
  examples: {
    open: ["docker run -v /var/run/cri-dockerd.sock:/cri.sock busybox"],
    closed: [
      "docker run -u 1000:1000 -v /var/run/cri-dockerd.sock:/cri.sock busybox",
      { line: "docker run -v /var/run/cri-dockerd.sock:/cri.sock busybox", host: { usernsRemap: true } },
    ],
  },
});
