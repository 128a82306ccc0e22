import { all, any, lsm, mount, onHost, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Where Debian, and Red Hat, keep the table of root. */
const PATHS = ["/var/spool/cron/crontabs/root", "/var/spool/cron/root"];

/**
 * A writable spool of cron.
 *
 * Needs all of: the spool writable, root on that mount, and a cron that reads it.
 */
export const bindCron = technique({
  id: "bind-cron",
  attack: ["T1053.003"],
  severity: "critical",
  title: { en: "The host's crontabs are writable", ja: "ホストの crontab に書き込める" },
  explanation: {
    en: "cron reads the tables of its spool directory every minute and runs the lines of root's table as root. A line added through the bind is executed on the host, outside every confinement of the container.",
    ja: "cron はスプールディレクトリの表を毎分読み、root の表の行を root として実行する。バインド経由で足した行は、コンテナのどの制限も受けずにホスト上で実行される。",
  },
  basis: "documented",
  needs: all(
    any(
      ...PATHS.map((path) => all(mount.rw(path), rootOn(path), any(lsm.allows("file-host"), mount.relabelled(path)))),
    ),
    onHost.cron,
  ),
  gains: ["host-root"],
  examples: {
    open: ["docker run -v /var/spool/cron:/mnt busybox", "docker run -v /var/spool/cron/crontabs:/mnt busybox"],
    closed: [
      "docker run -v /var/spool/cron:/mnt:ro busybox",
      "docker run -v /var/spool/mail:/mnt busybox",
      { line: "docker run -v /var/spool/cron:/mnt busybox", host: { facts: { "host.cron": "no" } } },
    ],
  },
});
