import { all, noNewPrivileges, not, setuidGives, userDeclaredNonRoot } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * From an ordinary user to root inside the container.
 *
 * Dropping capabilities does not stop it: user 0 without any is still the owner of root's files and sockets.
 */
export const setuidEscalationInside = technique({
  id: "setuid-escalation-inside",
  attack: ["T1548.001"],
  severity: "low",
  title: { en: "A setuid file gives root inside the container", ja: "setuid ファイルでコンテナ内の root になれる" },
  explanation: {
    en: "The container starts as an ordinary user, but its image has a setuid file that gives root (sudo without a password, for example), and no-new-privileges is not set. The process then holds every capability of the list; all other techniques are judged for that user too.",
    ja: "コンテナは一般ユーザで起動するが、イメージに root を与える setuid ファイル(パスワードなしの sudo など)があり、no-new-privileges が設定されていない。プロセスは一覧の全ケーパビリティを得る。他の手法もこのユーザについて判定している。",
  },
  basis: "documented",
  needs: all(userDeclaredNonRoot, not(noNewPrivileges), setuidGives),
  gains: ["container-root"],
  aliases: { "cis-docker-1.6.0": ["5.26"] },
  examples: {
    open: [{ line: "docker run --user 1000:1000 busybox", host: { setuidInImage: true, setuidGivesRoot: true } }],
    possible: [{ line: "docker run --user 1000:1000 busybox", host: { setuidInImage: true } }],
    closed: [
      {
        line: "docker run --user 1000:1000 --security-opt no-new-privileges busybox",
        host: { setuidInImage: true, setuidGivesRoot: true },
      },
      "docker run --user 1000:1000 busybox",
      { line: "docker run busybox", host: { setuidInImage: true, setuidGivesRoot: true } },
    ],
  },
});
