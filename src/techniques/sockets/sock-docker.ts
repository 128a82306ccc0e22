import { reaches } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The API of the Docker Engine through its socket.
 *
 * Needs all of: the socket or a directory above it bound, an id or group that its owner and mode let in (compared after
 * mapping), and an LSM that lets the container connect.
 */
export const sockDocker = technique({
  id: "sock-docker",
  attack: ["T1611", "T1610", "T1552.007"],
  severity: "critical",
  title: { en: "The Docker Engine's socket is reachable", ja: "Docker Engine のソケットに到達できる" },
  explanation: {
    en: "Whoever connects to the socket commands the engine, and the engine runs as root. A read-only bind and dropped capabilities change nothing: connecting is not writing. It takes root of the host, the socket's group by its number on the host, or a socket open to all.",
    ja: "ソケットに接続した者はエンジンに命令でき、エンジンは root で動いている。接続は書込みではないので、読取り専用のバインドもケーパビリティの削除も役に立たない。要るのは、ホストの root、ホスト側の番号で一致するソケットのグループ、または誰にでも開かれたソケットである。",
  },
  basis: "measured",
  needs: reaches("docker"),
  gains: ["engine-api"],
  aliases: {
    "cis-docker-1.6.0": ["5.32"],
    kics: ["docker_socket_mounted_in_container", "d6355c88-1e8d-49e9-b2f2-f8a1ca12c75b"],
  },
  examples: {
    open: [
      "docker run -v /var/run/docker.sock:/var/run/docker.sock busybox",
      "docker run --cap-drop ALL -v /var/run/docker.sock:/var/run/docker.sock:ro busybox",
      "docker run -v /var/run:/host/run:ro busybox",
      "docker run -u 1000:998 -v /var/run/docker.sock:/docker.sock busybox",
      "docker run -u 1000:1000 --group-add 998 -v /var/run/docker.sock:/docker.sock busybox",
      { line: "docker run -v /srv/engine:/x:ro busybox", host: { engineSockets: ["/srv/engine/docker.sock"] } },
    ],
    possible: ["docker run -v /srv/run/engine.sock:/x.sock busybox"],
    closed: [
      "docker run -u 20000:20000 -v /var/run/docker.sock:/var/run/docker.sock busybox",
      { line: "docker run -v /var/run/docker.sock:/var/run/docker.sock busybox", host: { usernsRemap: true } },
      {
        line: "docker run -v /var/run/docker.sock:/var/run/docker.sock busybox",
        host: { selinux: true, engineSelinux: true },
      },
      "docker run -v /srv/run:/var/run busybox",
      "docker run -v /srv/db/mysqld.sock:/x.sock busybox",
    ],
  },
});
