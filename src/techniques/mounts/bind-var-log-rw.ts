import { all, any, lsm, mount, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

const PATHS = ["/var/log/journal", "/var/log/audit", "/var/log/syslog", "/var/log/messages", "/var/log/auth.log"];

/**
 * Changing what the host recorded.
 *
 * Needs all of: the logs of the system writable, and root on that mount. A directory of one service's logs is not
 * meant.
 */
export const bindVarLogRw = technique({
  id: "bind-var-log-rw",
  attack: ["T1070.002"],
  severity: "medium",
  title: { en: "The host's logs are writable", ja: "ホストのログに書き込める" },
  explanation: {
    en: "Whoever writes /var/log can remove the traces of an attack or forge others. No log that stays on the host alone is evidence then.",
    ja: "/var/log に書き込める者は、攻撃の痕跡を消したり偽造したりできる。ホストにしかないログは証拠にならなくなる。",
  },
  basis: "documented",
  needs: any(
    ...PATHS.map((path) => all(mount.rw(path), rootOn(path), any(lsm.allows("file-host"), mount.relabelled(path)))),
  ),
  gains: ["log-tamper"],
  examples: {
    open: ["docker run -v /var/log:/mnt busybox", "docker run -v /var/log/journal:/mnt busybox"],
    closed: [
      "docker run -v /var/log:/mnt:ro busybox",
      "docker run -v /var/log/nginx:/var/log/nginx busybox",
      "docker run -u 20000:20000 -v /var/log:/mnt busybox",
    ],
  },
});
