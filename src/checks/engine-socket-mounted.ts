import { all, hostuid0, not, sock } from "../facts/index.ts";
import { check } from "./check.ts";

/**
 * The engine's socket lies in a container whose user cannot open it as things stand.
 *
 * Where the user can, sock-docker reports the escape. Here one change of user, group or mode stands between.
 */
export const engineSocketMounted = check({
  id: "engine-socket-mounted",
  severity: "low",
  title: { en: "The engine's socket lies in the container", ja: "エンジンのソケットがコンテナ内にある" },
  explanation: {
    en: "The container does not run as root, so the permissions of the engine's socket keep it out for now. Adding the socket's group, a setuid program, or an image that runs as root is enough to open it. A container that does not talk to the engine should not have its socket.",
    ja: "このコンテナは root で動いていないため、今のところソケットの権限に阻まれている。しかしソケットのグループの追加、setuid プログラム、root で動くイメージへの変更のどれか一つで開けるようになる。エンジンと通信しないコンテナに、そのソケットを渡すべきではない。",
  },
  needs: all(sock("docker"), not(hostuid0)),
  field: "HostConfig.Binds",
  remedy: { summary: { en: "Remove the socket from the container", ja: "ソケットをコンテナから外す" } },
  aliases: {
    "cis-docker-1.6.0": ["5.32"],
    kics: ["docker_socket_mounted_in_container", "d6355c88-1e8d-49e9-b2f2-f8a1ca12c75b"],
  },
  examples: {
    flagged: [
      "docker run --user 1000 -v /var/run/docker.sock:/var/run/docker.sock busybox",
      "docker run --user 1000 -v /run:/host/run busybox",
    ],
    clean: [
      "docker run -v /var/run/docker.sock:/var/run/docker.sock busybox",
      "docker run --user 1000 -v /srv/app.sock:/app.sock busybox",
    ],
  },
});
