import { all, any, lsm, mount, onHost, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

const PATHS = ["/opt/cni/bin", "/etc/cni/net.d"];

/** The host uses CNI: it has a kubelet, or somebody binds the directory itself. */
const NODE = any(onHost.kubelet, mount.matching("a CNI directory itself", /^\/(opt|etc)\/cni(\/|$)/));

/**
 * Writing the programs or the configuration of the container network interface.
 *
 * Needs all of: one of the directories writable, root on that mount, and a runtime that uses them. A bind of an
 * ancestor on a plain Docker host is not enough: nothing runs CNI there.
 */
export const bindCni = technique({
  id: "bind-cni",
  attack: ["T1554"],
  severity: "critical",
  title: { en: "The node's network plugins are writable", ja: "ノードの CNI プラグインに書き込める" },
  explanation: {
    en: "For every pod that starts, the container runtime executes the programs of the CNI directory as root, as the configuration beside it says. A replaced program, or a changed configuration, runs on the node with the next pod.",
    ja: "Pod が起動するたびに、コンテナランタイムは設定に従って CNI ディレクトリのプログラムを root として実行する。プログラムや設定を差し替えれば、次の Pod の起動時にノード上で実行される。",
  },
  basis: "documented",
  needs: all(
    any(
      ...PATHS.map((path) => all(mount.rw(path), rootOn(path), any(lsm.allows("file-host"), mount.relabelled(path)))),
    ),
    NODE,
  ),
  gains: ["host-root"],
  examples: {
    open: [
      "docker run -v /opt/cni/bin:/mnt busybox",
      { line: "docker run -v /opt:/mnt busybox", host: { kubelet: true } },
    ],
    closed: [
      "docker run -v /opt/cni/bin:/mnt:ro busybox",
      "docker run -v /opt:/mnt busybox",
      "docker run -v /opt/app:/mnt busybox",
    ],
  },
});
