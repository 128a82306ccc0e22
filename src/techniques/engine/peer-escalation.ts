import { all, gained, peer } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The host, by way of a stronger container.
 *
 * Needs all of: control of other containers, and one among them that reaches the host itself.
 */
export const peerEscalation = technique({
  id: "peer-escalation",
  attack: ["T1570", "T1611"],
  severity: "high",
  title: { en: "A container under control reaches the host", ja: "支配できる他のコンテナがホストに到達できる" },
  explanation: {
    en: "Control of another container includes whatever that container can do. If it holds the engine's socket or is privileged, as reverse proxies, dashboards and build runners often are, its way to the host is open to this one as well.",
    ja: "他のコンテナを支配すれば、そのコンテナにできることがすべてできる。リバースプロキシ、管理画面、CI ランナーのように、それがエンジンのソケットを持つか特権であれば、ホストへの道はこちらにも開かれる。",
  },
  basis: "documented",
  needs: all(gained("other-container-control"), peer.hostRoot),
  gains: ["host-root"],
  examples: {
    open: [
      {
        line: "docker run -e DOCKER_HOST=tcp://docker:2375 busybox",
        host: { peers: [{ name: "docker", engineApi: "tcp/2375", privileged: true, hostRoot: true }] },
      },
    ],
    possible: [
      {
        line: "docker run -e DOCKER_HOST=tcp://docker:2375 busybox",
        host: { peers: [{ name: "docker", engineApi: "tcp/2375" }] },
      },
    ],
    closed: [
      {
        line: "docker run -e DOCKER_HOST=tcp://docker:2375 busybox",
        host: { peers: [{ name: "docker", engineApi: "tcp/2375", privileged: false, hostRoot: false }] },
      },
      {
        line: "docker run busybox",
        host: { peers: [{ name: "docker", engineApi: "tcp/2375", privileged: true, hostRoot: true }] },
      },
    ],
  },
});
