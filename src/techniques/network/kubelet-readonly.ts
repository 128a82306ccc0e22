import { all, any, ns, onHost, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Calling a node's kubelet or etcd that asks for no credentials.
 *
 * Not enough: the host's network on a node whose kubelet authenticates its callers, which is the default since
 * Kubernetes 1.10.
 */
export const kubeletReadonly = technique({
  id: "kubelet-readonly",
  attack: ["T1613", "T1609"],
  severity: "high",
  title: { en: "The node's kubelet or etcd can be called", ja: "ノードの kubelet や etcd を呼び出せる" },
  explanation: {
    en: "On a Kubernetes node the kubelet, and on control planes etcd, listen where a container with the host's network reaches them. If they accept callers without credentials, the container lists and enters the other pods of the node, or reads and writes the state of the cluster. Current defaults refuse such callers.",
    ja: "Kubernetes ノードでは kubelet が、コントロールプレーンでは etcd も、ホストネットワークのコンテナから届く場所で待ち受ける。資格情報のない呼出しを受け付けていれば、コンテナはノードの他の Pod を一覧して入り込み、クラスタの状態を読み書きできる。現在の既定ではこうした呼出しは拒否される。",
  },
  basis: "documented",
  needs: all(onHost.kubelet, ns.net.host, any(told("host.kubelet-anon"), told("host.etcd-noauth"))),
  gains: ["other-container-control", "k8s-api(cluster)"],
  examples: {
    open: [
      { line: "docker run --network host busybox", host: { kubelet: true, facts: { "host.kubelet-anon": "yes" } } },
    ],
    possible: [{ line: "docker run --network host busybox", host: { kubelet: true } }],
    closed: [
      "docker run --network host busybox",
      { line: "docker run -d busybox", host: { kubelet: true, facts: { "host.kubelet-anon": "yes" } } },
      {
        line: "docker run --network host busybox",
        host: { kubelet: true, facts: { "host.kubelet-anon": "no", "host.etcd-noauth": "no" } },
      },
    ],
  },
});
