import {
  all,
  any,
  cap,
  hostuid0,
  lsm,
  matchesHostUser,
  mount,
  onHost,
  rootless,
  sock,
  uid0,
} from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Somebody is logged in: certain where one user's directory is bound, else only the host knows. */
const SESSION = any(mount.matching("a session itself", /^\/run\/user\/\d+(\/|$)/), onHost.session);

/**
 * Acting as a user through the sockets of that user's session.
 *
 * Needs all of: the sockets, an id that their daemons obey, and an LSM that lets the container connect.
 */
export const bindRunUser = technique({
  id: "bind-run-user",
  attack: ["T1611", "T1543.002"],
  severity: "high",
  title: { en: "A user's session of the host is reachable", ja: "ホスト利用者のセッションに到達できる" },
  explanation: {
    en: "/run/user holds the service manager, the message bus and the rootless engines of every user who is logged in. They obey whoever connects with that user's id, which makes 1000:1000 a poor choice for a container that sees /run. Root can take that id with CAP_SETUID.",
    ja: "/run/user には、ログイン中の利用者ごとにサービスマネージャ、メッセージバス、rootless エンジンがある。どれも同じ uid で接続した者に従うので、/run が見えるコンテナに 1000:1000 を選ぶのは良くない。root も CAP_SETUID でその uid になれる。",
  },
  basis: "reasoned",
  needs: all(
    any(
      mount.any("/run/user/*/bus"),
      mount.any("/run/user/*/systemd/private"),
      sock("docker-user"),
      sock("podman-user"),
    ),
    any(matchesHostUser, all(rootless, uid0), all(hostuid0, cap("SETUID"), SESSION)),
    lsm.allows("sock-connect"),
  ),
  gains: ["host-uid-exec"],
  examples: {
    open: [
      "docker run -v /run/user/1000:/run/user/1000 busybox",
      { line: "docker run -u 1000:1000 -v /run:/mnt:ro busybox", host: { hostUser: "1000:1000" } },
    ],
    possible: ["docker run -u 1000:1000 -v /run:/mnt:ro busybox", "docker run -v /run:/mnt:ro busybox"],
    closed: [
      "docker run -u 20000:20000 -v /run:/mnt:ro busybox",
      "docker run -v /run/user/1000/pulse:/pulse busybox",
      { line: "docker run -v /run/user/1000:/mnt busybox", host: { usernsRemap: true } },
    ],
  },
});
