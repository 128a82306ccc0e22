import { all, any, gained, kubernetes, lsm, mount, onHost, rootOn, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Reading files through the kubelet's log endpoint.
 *
 * Needs all of: /var/log writable, root on that mount, a kubelet that serves it, and an account that may ask. Plain
 * Docker is not affected: its own logs lie in the data root.
 */
export const bindVarLogSymlink = technique({
  id: "bind-var-log-symlink",
  attack: ["T1611", "T1552"],
  severity: "high",
  title: {
    en: "A link in the node's log directory leads anywhere",
    ja: "ノードのログディレクトリのリンクで任意のファイルを読める",
  },
  explanation: {
    en: "The kubelet serves /var/log over its API and follows symbolic links there as root. A container that can write the directory plants a link and asks the kubelet for the log. Asking takes a right to nodes/log or nodes/proxy, which ordinary accounts lack.",
    ja: "kubelet は API で /var/log を配信し、その中のシンボリックリンクを root としてたどる。このディレクトリに書けるコンテナは、リンクを置いてログを要求すればよい。要求には nodes/log か nodes/proxy の権限が要り、通常のアカウントは持たない。",
  },
  basis: "documented",
  needs: all(
    mount.rw("/var/log"),
    rootOn("/var/log"),
    onHost.kubelet,
    gained("k8s-api(sa)"),
    any(kubernetes.rbac("nodes/log"), told("k8s.rbac(nodes/proxy)", "no")),
    any(lsm.allows("file-host"), mount.relabelled("/var/log")),
  ),
  gains: ["host-file-read(*)"],
  examples: {
    open: [{ line: "docker run -v /var/log:/mnt busybox", host: { k8s: {}, facts: { "k8s.rbac(nodes/log)": "yes" } } }],
    possible: [{ line: "docker run -v /var/log:/mnt busybox", host: { k8s: {} } }],
    closed: [
      "docker run -v /var/log:/mnt busybox",
      { line: "docker run -v /var/log:/mnt:ro busybox", host: { k8s: {}, facts: { "k8s.rbac(nodes/log)": "yes" } } },
      { line: "docker run -v /var/log:/mnt busybox", host: { k8s: {}, facts: { "k8s.rbac(nodes/log)": "no" } } },
    ],
  },
});
