import { all, any, lsm, mount, rootless, sock, told, uid0 } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The API of a rootless engine through its socket.
 *
 * Needs all of: a rootless engine, its socket bound, root inside the container. Under an engine that runs as root the
 * same socket is a way to its user, see bind-run-user.
 */
export const sockDockerUser = technique({
  id: "sock-docker-user",
  attack: ["T1611", "T1610", "T1552.007"],
  severity: "high",
  title: { en: "The socket of a rootless engine is reachable", ja: "rootless エンジンのソケットに到達できる" },
  explanation: {
    en: "A rootless engine listens in the session directory of its account, and root of its containers is that account. Through the socket a container commands the engine that runs it. What it wins is the account, not the host.",
    ja: "rootless エンジンはそのアカウントのセッションディレクトリで待ち受け、そのコンテナの root はそのアカウント自身である。ソケットを通じて、コンテナは自分を動かすエンジンに命令できる。得られるのはアカウントであり、ホストではない。",
  },
  basis: "documented",
  needs: all(
    rootless,
    uid0,
    any(
      sock("docker-user"),
      sock("podman-user"),
      all(mount.any("/run/user/*/docker.sock"), told("host.rootless-socket")),
    ),
    lsm.allows("sock-connect"),
  ),
  gains: ["engine-api"],
  examples: {
    open: [
      { line: "docker run -v /run/user/1000/docker.sock:/var/run/docker.sock busybox", host: { rootless: true } },
      {
        line: "podman run -v /run/user/1000/podman/podman.sock:/podman.sock busybox",
        host: { engineKind: "podman", rootless: true },
      },
    ],
    possible: [{ line: "docker run -v /:/host busybox", host: { rootless: true } }],
    closed: [
      {
        line: "docker run -u 20000:20000 -v /run/user/1000/docker.sock:/docker.sock busybox",
        host: { rootless: true },
      },
      { line: "docker run -v /srv:/srv busybox", host: { rootless: true } },
      "docker run -v /run/user/1000/docker.sock:/docker.sock busybox",
    ],
  },
});
