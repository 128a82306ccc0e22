import { all, any, lsm, mount, onHost, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** The writable part of the search path in systemd.unit(5). */
const PATHS = [
  "/etc/systemd/system",
  "/run/systemd/system",
  "/usr/local/lib/systemd/system",
  "/usr/lib/systemd/system",
];

/**
 * Writable directories of systemd units.
 *
 * Needs all of: a directory of the system manager's search path writable, root on that mount, and systemd as the host's
 * init.
 */
export const bindSystemdUnits = technique({
  id: "bind-systemd-units",
  attack: ["T1543.002"],
  severity: "critical",
  title: { en: "The host's systemd units are writable", ja: "ホストの systemd ユニットに書き込める" },
  explanation: {
    en: "A unit file tells systemd what to run as root. A new unit, or a drop-in for an existing one, is read at the next reload or boot and executed on the host.",
    ja: "ユニットファイルは systemd に、root として何を実行するかを指示する。新しいユニットや既存ユニットのドロップインは、次の再読込みか起動時に読まれ、ホストで実行される。",
  },
  basis: "documented",
  needs: all(
    any(
      ...PATHS.map((path) => all(mount.rw(path), rootOn(path), any(lsm.allows("file-host"), mount.relabelled(path)))),
    ),
    onHost.systemd,
  ),
  gains: ["host-root"],
  examples: {
    open: ["docker run -v /etc/systemd:/mnt busybox", "docker run -v /run/systemd/system:/mnt busybox"],
    closed: [
      "docker run -v /etc/systemd/system:/mnt:ro busybox",
      "docker run -v /run/systemd/journal:/mnt busybox",
      { line: "docker run -v /etc/systemd/system:/mnt busybox", host: { facts: { "host.systemd": "no" } } },
    ],
  },
});
