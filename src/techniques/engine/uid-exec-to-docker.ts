import { all, any, gained, onHost } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * From an account of the host to root.
 *
 * Needs all of: code as a user of the host, and that user in the docker group or with sudo.
 */
export const uidExecToDocker = technique({
  id: "uid-exec-to-docker",
  attack: ["T1548"],
  severity: "high",
  title: { en: "A captured account can become root", ja: "奪われるアカウントが root になれる" },
  explanation: {
    en: "An account in the docker group starts a container that is root on the host. An account with sudo rights becomes root directly, or after its password was typed into a shell that is no longer its owner's alone.",
    ja: "docker グループのアカウントは、ホストの root に等しいコンテナを起動できる。sudo を使えるアカウントは、そのまま、あるいは奪われたシェルにパスワードが入力された時点で root になる。",
  },
  basis: "documented",
  needs: all(gained("host-uid-exec"), any(onHost.userInDockerGroup, onHost.userSudo)),
  gains: ["host-root"],
  examples: {
    open: [
      {
        line: "docker run -u 1000:1000 -v /run/user/1000:/run/user/1000 busybox",
        host: { hostUser: "1000:1000", userInDockerGroup: true },
      },
      {
        line: "docker run -u 1000:1000 -v /run/user/1000:/run/user/1000 busybox",
        host: { hostUser: "1000:1000", userSudo: true },
      },
    ],
    possible: [
      {
        line: "docker run -u 1000:1000 -v /run/user/1000:/run/user/1000 busybox",
        host: { hostUser: "1000:1000", userInDockerGroup: false },
      },
    ],
    closed: [
      {
        line: "docker run -u 1000:1000 -v /run/user/1000:/run/user/1000 busybox",
        host: { hostUser: "1000:1000", userInDockerGroup: false, userSudo: false },
      },
      { line: "docker run -u 1000:1000 busybox", host: { hostUser: "1000:1000", userSudo: true } },
    ],
  },
});
