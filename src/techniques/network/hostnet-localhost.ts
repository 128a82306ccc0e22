import { all, ns, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Reaching what listens on the host's loopback.
 *
 * No capability is needed. What is won depends on who listens there and trusts it.
 */
export const hostnetLocalhost = technique({
  id: "hostnet-localhost",
  attack: ["T1046", "T1552.007"],
  severity: "medium",
  title: { en: "Services on the host's loopback can be reached", ja: "ホストのループバック上のサービスに届く" },
  explanation: {
    en: "Services that listen on 127.0.0.1 often ask for no password, because only the host itself was expected to call. A container in the host's network namespace calls from there: databases, debug ports, an engine's or a kubelet's local endpoint. No capability is needed, and any user can do it.",
    ja: "127.0.0.1 で待ち受けるサービスは、呼ぶのはホスト自身だけという前提で、パスワードを求めないことが多い。ホストのネットワーク名前空間にあるコンテナはそこから呼び出せる。データベース、デバッグ用ポート、エンジンや kubelet のローカル端点などである。ケーパビリティは要らず、どのユーザでもできる。",
  },
  basis: "documented",
  needs: all(ns.net.host, told("host.localhost-services")),
  gains: ["localhost-service-access"],
  examples: {
    open: [
      { line: "docker run --network host --user 1000 busybox", host: { facts: { "host.localhost-services": "yes" } } },
    ],
    possible: ["docker run --network host busybox"],
    closed: [
      "docker run -p 127.0.0.1:8080:80 busybox",
      { line: "docker run --network host busybox", host: { facts: { "host.localhost-services": "no" } } },
    ],
  },
});
