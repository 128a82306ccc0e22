import { all, any, lsm, mount, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Files and directories of /etc that make whoever writes them root. A writable /etc/localtime does not. */
const PATHS = [
  "/etc/passwd",
  "/etc/shadow",
  "/etc/sudoers",
  "/etc/sudoers.d",
  "/etc/ld.so.preload",
  "/etc/pam.d",
  "/etc/crontab",
  "/etc/profile.d",
];

/** Writing the host's accounts, scheduled jobs or loader configuration. */
export const bindEtcRw = technique({
  id: "bind-etc-rw",
  attack: ["T1611", "T1053.003", "T1574.006", "T1543.002"],
  severity: "critical",
  title: { en: "The host's /etc is writable", ja: "ホストの /etc に書き込める" },
  explanation: {
    en: "Accounts, sudo rules, scheduled jobs and the loader's preload list all lie in /etc. Whoever writes them as root is root on the host at the next login, minute or program start. No capability is needed: user 0 owns the files.",
    ja: "アカウント、sudo の規則、定期ジョブ、ローダの preload 一覧はすべて /etc にある。root として書き込める者は、次のログイン、次の 1 分、次のプログラム起動でホストの root になる。ファイルの所有者は uid 0 なので、ケーパビリティは要らない。",
  },
  basis: "documented",
  needs: all(any(mount.rw("/etc"), ...PATHS.map(mount.rw)), rootOn("/etc"), lsm.allows("file-host")),
  gains: ["host-root"],
  aliases: { "cis-docker-1.6.0": ["5.6"] },
  examples: {
    open: ["docker run -v /etc:/mnt busybox", "docker run -v /etc/passwd:/x busybox", "docker run -v /:/mnt busybox"],
    closed: [
      "docker run -v /etc:/mnt:ro busybox",
      "docker run -v /etc/localtime:/etc/localtime busybox",
      "docker run -v /srv/etc:/etc busybox",
    ],
  },
});
