import { all, any, lsm, mount, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** The search path of moby pkg/plugins. */
const PATHS = ["/run/docker/plugins", "/etc/docker/plugins", "/usr/lib/docker/plugins"];

/**
 * Posing as a plugin of the engine.
 *
 * Needs all of: a directory in which the engine discovers plugins writable, and root on that mount. The engine loads a
 * plugin when something names it.
 */
export const bindDockerPlugins = technique({
  id: "bind-docker-plugins",
  attack: ["T1554"],
  severity: "high",
  title: { en: "The engine's plugin directory is writable", ja: "エンジンのプラグインディレクトリに書き込める" },
  explanation: {
    en: "The engine looks for plugins as sockets and specification files in fixed directories. A socket placed there answers the engine's calls for volumes, networks or authorization in the plugin's name.",
    ja: "エンジンは決まったディレクトリにあるソケットや仕様ファイルをプラグインとして探す。そこに置かれたソケットは、ボリューム、ネットワーク、認可の問い合わせにプラグインを装って応答できる。",
  },
  basis: "documented",
  needs: any(
    ...PATHS.map((path) => all(mount.rw(path), rootOn(path), any(lsm.allows("file-host"), mount.relabelled(path)))),
  ),
  gains: ["engine-plugin-impersonation"],
  examples: {
    open: [
      "docker run -v /run/docker/plugins:/run/docker/plugins busybox",
      "docker run -v /etc/docker/plugins:/mnt busybox",
    ],
    closed: [
      "docker run -v /run/docker/plugins:/run/docker/plugins:ro busybox",
      "docker run -u 20000:20000 -v /run/docker/plugins:/mnt busybox",
    ],
  },
});
