import { all, any, lsm, mount, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

const PATHS = ["/etc/docker/daemon.json", "/etc/containerd/config.toml", "/etc/default/docker"];

/**
 * Writing the configuration of the engine.
 *
 * Needs all of: a configuration file of dockerd or containerd writable, and root on that mount. The certificates of
 * registries are not such a file.
 */
export const bindEtcDocker = technique({
  id: "bind-etc-docker",
  attack: ["T1562.001", "T1543"],
  severity: "critical",
  title: { en: "The engine's configuration is writable", ja: "エンジンの設定に書き込める" },
  explanation: {
    en: "daemon.json and containerd's configuration name programs that the engine starts as root: runtimes, plugins, proxies. An entry added through the bind takes effect at the next reload or restart.",
    ja: "daemon.json や containerd の設定には、ランタイム、プラグイン、プロキシなど、エンジンが root として起動するプログラムが書かれる。バインド経由で足した項目は、次の再読込みか再起動で有効になる。",
  },
  basis: "documented",
  needs: any(
    ...PATHS.map((path) => all(mount.rw(path), rootOn(path), any(lsm.allows("file-host"), mount.relabelled(path)))),
  ),
  gains: ["host-root"],
  examples: {
    open: ["docker run -v /etc/docker:/mnt busybox", "docker run -v /etc/docker/daemon.json:/mnt/daemon.json busybox"],
    closed: [
      "docker run -v /etc/docker:/mnt:ro busybox",
      "docker run -v /etc/docker/certs.d:/mnt busybox",
      "docker run -u 20000:20000 -v /etc/docker:/mnt busybox",
    ],
  },
});
