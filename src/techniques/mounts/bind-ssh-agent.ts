import { all, any, hostuid0, lsm, matchesHostUser, rootless, sock, uid0 } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Using the keys of a user through ssh-agent or gpg-agent.
 *
 * Needs all of: the agent's socket, an id that it answers (OpenSSH's agent compares the peer's user id), and an LSM
 * that lets the container connect.
 */
export const bindSshAgent = technique({
  id: "bind-ssh-agent",
  attack: ["T1552.004", "T1563.001"],
  severity: "medium",
  title: { en: "A user's key agent is reachable", ja: "利用者の鍵エージェントに到達できる" },
  explanation: {
    en: "An agent signs for whoever connects, so the container can log in to other machines as that user without ever seeing the key. Agents answer their own user and root only. A read-only bind does not stop a connection.",
    ja: "エージェントは接続した者のために署名するので、コンテナは鍵を見ることなく、その利用者として他のマシンにログインできる。応答する相手は同じ利用者か root に限られる。読取り専用のバインドでは接続を止められない。",
  },
  basis: "documented",
  needs: all(sock("ssh-agent"), any(hostuid0, matchesHostUser, all(rootless, uid0)), lsm.allows("sock-connect")),
  gains: ["cred-theft"],
  examples: {
    open: ["docker run -v /tmp/ssh-abc/agent.42:/agent busybox"],
    possible: ["docker run -u 1000:1000 -v /tmp/ssh-abc/agent.42:/agent busybox"],
    closed: [
      "docker run -u 20000:20000 -v /tmp/ssh-abc/agent.42:/agent busybox",
      "docker run -v /tmp/ssh-abc:/mnt busybox",
      { line: "docker run -v /tmp/ssh-abc/agent.42:/agent busybox", host: { usernsRemap: true } },
    ],
  },
});
