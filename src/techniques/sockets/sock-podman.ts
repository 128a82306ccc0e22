import { reaches } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The API of Podman as root through its socket.
 *
 * Needs all of: the system socket bound, root of the host or its group, and an LSM that lets the container connect.
 */
export const sockPodman = technique({
  id: "sock-podman",
  attack: ["T1611", "T1610", "T1552.007"],
  severity: "critical",
  title: { en: "Podman's system socket is reachable", ja: "Podman のシステムソケットに到達できる" },
  explanation: {
    en: "The API service of root's Podman starts containers as root for whoever connects, and knows no authorization plugins. The socket exists only where the service was enabled. A user's own Podman socket gives that user instead.",
    ja: "root の Podman の API サービスは、接続した者のために root としてコンテナを起動し、認可プラグインの仕組みも持たない。ソケットはサービスを有効にしたホストにしかない。利用者の Podman ソケットから得られるのはその利用者の権限である。",
  },
  basis: "documented",
  needs: reaches("podman"),
  gains: ["engine-api", "host-root"],
  examples: {
    open: ["docker run -v /run/podman/podman.sock:/podman.sock busybox"],
    possible: [{ line: "podman run -v /run/podman:/mnt busybox", host: { engineKind: "podman" } }],
    closed: [
      "docker run -u 1000:1000 -v /run/podman/podman.sock:/podman.sock busybox",
      "docker run -v /run/podman:/mnt busybox",
      "docker run -u 20000:20000 -v /run/user/1000/podman/podman.sock:/podman.sock busybox",
    ],
  },
});
