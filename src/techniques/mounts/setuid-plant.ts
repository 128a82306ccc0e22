import { all, any, gained, hostuid0, lsm, mount, onHost } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * A setuid program on a path that the host sees.
 *
 * Needs all of: a writable bind of a host directory, user 0 of the host, and an attacker who also runs code on the host
 * as an ordinary user. Volumes do not count: the data root keeps ordinary users out.
 */
export const setuidPlant = technique({
  id: "setuid-plant",
  attack: ["T1548.001"],
  severity: "high",
  title: {
    en: "A setuid program can be left for an account of the host",
    ja: "ホストのアカウント向けに setuid プログラムを仕込める",
  },
  explanation: {
    en: "A file that root of the container writes to a bind belongs to root on the host too, and a setuid bit stays on it. Anyone with an ordinary account on the host who can reach the directory then starts it as root. no-new-privileges binds the container, not that account.",
    ja: "コンテナの root がバインドに書いたファイルは、ホストでも root の所有となり、setuid ビットも残る。そのディレクトリに到達できる一般アカウントの持ち主は、それを root として起動できる。no-new-privileges が縛るのはコンテナであり、そのアカウントではない。",
  },
  basis: "documented",
  needs: all(mount.rwHost, hostuid0, any(onHost.attackerAccount, gained("host-uid-exec")), lsm.allows("file-host")),
  gains: ["host-root"],
  examples: {
    open: [
      { line: "docker run -v /srv/share:/mnt busybox", host: { facts: { "host.unpriv-user": "yes" } } },
      "docker run -v /home/dev:/mnt busybox",
    ],
    closed: [
      "docker run -v /srv/share:/mnt busybox",
      { line: "docker run -v /srv/share:/mnt:ro busybox", host: { facts: { "host.unpriv-user": "yes" } } },
      { line: "docker run -u 20000:20000 -v /srv/share:/mnt busybox", host: { facts: { "host.unpriv-user": "yes" } } },
    ],
  },
});
