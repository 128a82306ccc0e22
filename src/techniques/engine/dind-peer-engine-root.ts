import { all, any, config, ns, peer } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The host, by way of an engine in a privileged container.
 *
 * Needs all of: a client that is pointed at the engine, a network, a container that offers the whole API, and that
 * container privileged. A rootless engine is not.
 */
export const dindPeerEngineRoot = technique({
  id: "dind-peer-engine-root",
  attack: ["T1611", "T1610"],
  severity: "critical",
  title: { en: "A privileged container's engine obeys this one", ja: "特権コンテナのエンジンを操作できる" },
  explanation: {
    en: "An engine inside a container needs that container to be privileged, so it stands on the host's kernel with every capability. Whoever commands it starts a privileged container there and mounts the host's disks.",
    ja: "コンテナ内のエンジンを動かすにはそのコンテナを特権にする必要があり、エンジンはホストのカーネル上で全ケーパビリティを持つ。操作できる者は、そこで特権コンテナを起動し、ホストのディスクをマウントできる。",
  },
  basis: "documented",
  needs: all(config.dockerHost, any(ns.net.bridge, ns.net.host), peer.engineApi, peer.privileged),
  gains: ["host-root"],
  examples: {
    open: [
      {
        line: "docker run -e DOCKER_HOST=tcp://docker:2375 busybox",
        host: { peers: [{ name: "docker", engineApi: "tcp/2375", privileged: true }] },
      },
    ],
    possible: [{ line: "docker run -e DOCKER_HOST=tcp://docker:2375 busybox", host: { peers: "unknown" } }],
    closed: [
      "docker run busybox",
      {
        line: "docker run -e DOCKER_HOST=tcp://docker:2375 busybox",
        host: { peers: [{ name: "docker", engineApi: "tcp/2375", privileged: false }] },
      },
      "docker run -e DOCKER_HOST=tcp://docker:2375 busybox",
    ],
  },
});
