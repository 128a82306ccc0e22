import { all, any, config, ns, peer } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * An engine that runs in another container.
 *
 * Needs all of: a client that is pointed at it, a network, and a container that offers the whole API.
 */
export const dindPeerEngine = technique({
  id: "dind-peer-engine",
  attack: ["T1610", "T1570"],
  severity: "high",
  title: { en: "Another container's engine obeys this one", ja: "他のコンテナのエンジンを操作できる" },
  explanation: {
    en: "A container that is told by DOCKER_HOST where an engine listens commands that engine and every container it runs. Continuous integration with a Docker-in-Docker service is built this way. A proxy that filters the API offers less, see engine-api-scoped.",
    ja: "DOCKER_HOST でエンジンの場所を教えられたコンテナは、そのエンジンと、それが動かすすべてのコンテナを操作できる。Docker-in-Docker サービスを使う CI はこの構成である。API を絞るプロキシ経由で得られるものはより少ない(engine-api-scoped を参照)。",
  },
  basis: "documented",
  needs: all(config.dockerHost, any(ns.net.bridge, ns.net.host), peer.engineApi),
  gains: ["other-container-control"],
  examples: {
    open: [
      {
        line: "docker run -e DOCKER_HOST=tcp://docker:2375 busybox",
        host: { peers: [{ name: "docker", engineApi: "tcp/2375", privileged: true }] },
      },
    ],
    possible: ["docker run -e DOCKER_HOST=tcp://docker:2375 busybox"],
    closed: [
      "docker run busybox",
      {
        line: "docker run -e DOCKER_HOST=tcp://docker:2375 busybox",
        host: { peers: [{ name: "web", privileged: false }] },
      },
      {
        line: "docker run --network none -e DOCKER_HOST=tcp://docker:2375 busybox",
        host: { peers: [{ name: "docker", engineApi: "tcp/2375" }] },
      },
    ],
  },
});
