import { all, any, config, ns, peer } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Reading other containers' settings through a socket proxy.
 *
 * Needs all of: a network or a client setting that points to a filtered API, and a container that offers one. The name
 * of a network alone makes it possible, not certain.
 */
export const engineApiScoped = technique({
  id: "engine-api-scoped",
  attack: ["T1552.007", "T1613"],
  severity: "medium",
  title: { en: "A filtered engine API is reachable", ja: "絞り込まれたエンジン API に到達できる" },
  explanation: {
    en: "A socket proxy that lets reading through still answers inspect calls, and those carry the environment variables, labels and mounts of every container. Passwords in them leak. It gives no control over containers and no root on the host.",
    ja: "読取りだけを通すソケットプロキシでも inspect には答え、そこには全コンテナの環境変数、ラベル、マウントが含まれる。その中のパスワードは漏れる。コンテナの操作やホストの root にはつながらない。",
  },
  basis: "documented",
  needs: all(any(config.socketProxyNetwork, config.dockerHost), any(ns.net.bridge, ns.net.host), peer.scopedEngineApi),
  gains: ["cred-theft"],
  examples: {
    open: [
      {
        line: "docker run --network socket_proxy -u 65532:65532 traefik",
        host: { peers: [{ name: "proxy", engineApi: "tcp/2375 scoped GET /containers" }] },
      },
    ],
    possible: ["docker run --network socket_proxy -u 65532:65532 traefik"],
    closed: [
      "docker run --network web traefik",
      { line: "docker run --network socket_proxy -u 65532:65532 traefik", host: { peers: [{ name: "web" }] } },
    ],
  },
});
