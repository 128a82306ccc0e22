import { all, any, lsm, mount, onHost, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

const PATHS = ["/var/lib/kubelet/pods", "/var/lib/kubelet/pki"];

/** The host runs a kubelet: it says so, or somebody binds a directory that only a node has. */
const NODE = any(onHost.kubelet, mount.matching("a kubelet directory itself", /^\/var\/lib\/kubelet(\/|$)/));

/**
 * Reading the tokens of the node's other pods.
 *
 * Needs all of: the pods' directory or the kubelet's keys bound, root on that mount, and a kubelet. The directory of
 * device plugins, which many agents bind, holds only sockets.
 */
export const bindKubeletDir = technique({
  id: "bind-kubelet-dir",
  attack: ["T1528", "T1552"],
  severity: "high",
  title: { en: "The kubelet's directory can be read", ja: "kubelet のディレクトリを読める" },
  explanation: {
    en: "Under /var/lib/kubelet lie the tokens, secrets and configuration files of every pod of the node, and the kubelet's own client key. Root reads them through a bind, read-only or not.",
    ja: "/var/lib/kubelet の下には、ノードのすべての Pod のトークン、Secret、設定ファイルと、kubelet 自身のクライアント鍵がある。root は、読取り専用かどうかによらずバインド経由で読める。",
  },
  basis: "documented",
  needs: all(
    any(
      ...PATHS.map((path) => all(mount.any(path), rootOn(path), any(lsm.allows("file-host"), mount.relabelled(path)))),
    ),
    NODE,
  ),
  gains: ["k8s-token-theft", "cred-theft"],
  examples: {
    open: [
      "docker run -v /var/lib/kubelet:/mnt:ro busybox",
      { line: "docker run -v /:/mnt:ro busybox", host: { kubelet: true } },
    ],
    closed: [
      "docker run -v /:/mnt:ro busybox",
      "docker run -u 20000:20000 -v /var/lib/kubelet:/mnt:ro busybox",
      "docker run -v /var/lib/kubelet/device-plugins:/mnt:ro busybox",
    ],
  },
});
