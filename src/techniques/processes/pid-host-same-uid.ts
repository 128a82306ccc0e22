import { all, any, cap, lsm, matchesHostUser, mount, ns, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Taking over processes of an ordinary account of the host.
 *
 * Needs all of: the host's processes in sight, the same user and group, a target that is dumpable and holds no capability
 * that the container lacks. Its root and environment are a matter of reading, which Yama does not guard; its memory is not.
 */
export const pidHostSameUid = technique({
  id: "pid-host-same-uid",
  attack: ["T1611", "T1055"],
  severity: "high",
  title: { en: "Processes of a host user can be taken over", ja: "ホストの一般ユーザのプロセスを支配できる" },
  explanation: {
    en: "A process may inspect another of the same user and group that holds no more capabilities, with no capability of its own. Root takes on any account with the default SETUID and SETGID, and daemons without privilege always run on a host; another user needs to share its number with one there. docker-default refuses.",
    ja: "同じ uid と gid で、より多くのケーパビリティを持たないプロセスなら、ケーパビリティなしで調べられる。root は既定の SETUID と SETGID で任意のアカウントになれ、ホストでは権限のないデーモンが必ず動いている。一般ユーザの場合は、ホストに同じ番号のユーザがいることが条件になる。docker-default は拒否する。",
  },
  basis: "measured",
  needs: all(
    any(ns.pid.host, mount.any("/proc")),
    userns.host,
    lsm.allows("ptrace-host"),
    any(all(cap("SETUID"), cap("SETGID")), matchesHostUser),
  ),
  gains: ["host-uid-exec"],
  aliases: { "cis-docker-1.6.0": ["5.16"] },
  examples: {
    open: [
      "docker run --pid host busybox",
      { line: "docker run --pid host --cap-drop ALL --user 1000:1000 busybox", host: { hostUser: "1000:1000" } },
    ],
    possible: ["docker run --pid host --cap-drop ALL --user 1000:1000 busybox"],
    closed: [
      "docker run busybox",
      { line: "docker run --pid host busybox", host: { apparmor: true } },
      "docker run --pid host --cap-drop ALL busybox",
    ],
  },
});
