import { all, any, lsm, mount, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** A star stands for one program. /bin, /sbin and /lib are these directories under another name. */
const PATHS = [
  "/usr/bin/*",
  "/usr/sbin/*",
  "/usr/local/bin/*",
  "/usr/local/sbin/*",
  "/usr/lib",
  "/usr/lib64",
  "/usr/lib/x86_64-linux-gnu",
  "/usr/lib/aarch64-linux-gnu",
];

/**
 * Replacing what the host executes.
 *
 * Needs all of: a directory of programs or libraries, or one program, writable, and root on that mount.
 */
export const bindUsrBin = technique({
  id: "bind-usr-bin",
  attack: ["T1574", "T1554"],
  severity: "critical",
  title: { en: "Programs or libraries of the host are writable", ja: "ホストのプログラムやライブラリに書き込める" },
  explanation: {
    en: "A replaced program or library runs with the rights of whoever starts it next on the host, sooner or later root. A single program bound into the container without read-only, the Docker client for instance, is enough.",
    ja: "置き換えられたプログラムやライブラリは、次にホストでそれを起動した者の権限で動き、遅かれ早かれ root で動く。Docker クライアントなど、1 つのプログラムを読取り専用にせずバインドするだけで足りる。",
  },
  basis: "documented",
  needs: any(
    ...PATHS.map((path) => all(mount.rw(path), rootOn(path), any(lsm.allows("file-host"), mount.relabelled(path)))),
  ),
  gains: ["host-root"],
  aliases: { "cis-docker-1.6.0": ["5.6"] },
  examples: {
    open: [
      "docker run -v /usr:/mnt busybox",
      "docker run -v /bin:/mnt busybox",
      "docker run -v /usr/bin/docker:/usr/bin/docker busybox",
    ],
    closed: [
      "docker run -v /usr/bin/docker:/usr/bin/docker:ro busybox",
      "docker run -v /usr/share/fonts:/mnt busybox",
      "docker run -u 20000:20000 -v /usr/bin:/mnt busybox",
    ],
  },
});
