import { reaches } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The runtime interface of CRI-O through its socket.
 *
 * Needs all of: the socket bound, or a directory above it on a host with CRI-O, and root of the host or its group.
 */
export const sockCrio = technique({
  id: "sock-crio",
  attack: ["T1611", "T1610", "T1552.007"],
  severity: "critical",
  title: { en: "CRI-O's socket is reachable", ja: "CRI-O のソケットに到達できる" },
  explanation: {
    en: "CRI-O starts any pod, privileged ones included, for whoever speaks its runtime interface. The API server and its admission rules are not asked. Only root and its group may connect.",
    ja: "CRI-O は、ランタイムインタフェースで話しかけた者のために、特権 Pod も含む任意の Pod を起動する。API サーバとその受付制御には問い合わせない。接続できるのは root とそのグループだけである。",
  },
  basis: "documented",
  needs: reaches("crio"),
  gains: ["engine-api", "host-root"],
  examples: {
    open: [
      "docker run -v /var/run/crio/crio.sock:/crio.sock busybox",
      { line: "docker run -v /run/crio:/run/crio:ro busybox", host: { facts: { "host.daemon(crio)": "yes" } } },
    ],
    closed: [
      "docker run -v /run/crio:/run/crio:ro busybox",
      "docker run -u 1000:1000 -v /var/run/crio/crio.sock:/crio.sock busybox",
    ],
  },
});
