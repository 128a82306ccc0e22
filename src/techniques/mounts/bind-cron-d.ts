import { all, any, lsm, mount, onHost, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

const PATHS = ["/etc/cron.d", "/etc/cron.hourly", "/etc/cron.daily", "/etc/cron.weekly", "/etc/cron.monthly"];

/**
 * Writable directories of system jobs.
 *
 * Needs all of: one of the directories writable, root on that mount, and a cron that reads it.
 */
export const bindCronD = technique({
  id: "bind-cron-d",
  attack: ["T1053.003"],
  severity: "critical",
  title: { en: "The host's system cron directories are writable", ja: "ホストの cron.d に書き込める" },
  explanation: {
    en: "Every file in /etc/cron.d names a user and a command, and the scripts in cron.hourly and its siblings run as root. A file put there through the bind runs on the host when its time comes.",
    ja: "/etc/cron.d の各ファイルにはユーザとコマンドが書かれ、cron.hourly などのスクリプトは root として実行される。バインド経由で置いたファイルは、時刻が来ればホストで実行される。",
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
    open: ["docker run -v /etc/cron.d:/mnt busybox", "docker run -v /etc/cron.daily:/mnt busybox"],
    closed: [
      "docker run -v /etc/cron.d:/mnt:ro busybox",
      "docker run -u 20000:20000 -v /etc/cron.d:/mnt busybox",
      "docker run -v /srv/cron.d:/etc/cron.d busybox",
    ],
  },
});
