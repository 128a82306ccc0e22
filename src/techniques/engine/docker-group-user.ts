import { all, gained, onHost } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * From an account of the host to the engine.
 *
 * Needs all of: code as a user of the host, and that user in the group that may open the engine's socket.
 */
export const dockerGroupUser = technique({
  id: "docker-group-user",
  attack: ["T1078", "T1548"],
  severity: "critical",
  title: { en: "A captured account is in the docker group", ja: "奪われるアカウントが docker グループに属している" },
  explanation: {
    en: "Members of the docker group may open the engine's socket. Code that runs as such an account on the host has the engine's API, whatever the container itself was denied.",
    ja: "docker グループの利用者はエンジンのソケットを開ける。ホスト上でそのアカウントとして動くコードは、コンテナ自身に何が禁じられていても、エンジンの API を使える。",
  },
  basis: "documented",
  needs: all(gained("host-uid-exec"), onHost.userInDockerGroup),
  gains: ["engine-api"],
  examples: {
    open: [
      {
        line: "docker run -u 1000:1000 -v /run/user/1000:/run/user/1000 busybox",
        host: { hostUser: "1000:1000", userInDockerGroup: true },
      },
    ],
    possible: [
      { line: "docker run -u 1000:1000 -v /run/user/1000:/run/user/1000 busybox", host: { hostUser: "1000:1000" } },
    ],
    closed: [
      {
        line: "docker run -u 1000:1000 -v /run/user/1000:/run/user/1000 busybox",
        host: { hostUser: "1000:1000", userInDockerGroup: false },
      },
      { line: "docker run -u 1000:1000 busybox", host: { hostUser: "1000:1000", userInDockerGroup: true } },
    ],
  },
});
