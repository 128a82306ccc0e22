import { all, gained, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * From a token to the kubelet.
 *
 * Needs all of: the token, and the right to nodes/proxy.
 */
export const k8sNodesProxy = technique({
  id: "k8s-nodes-proxy",
  attack: ["T1609", "T1613"],
  severity: "high",
  title: { en: "The pod's account may talk to kubelets", ja: "Pod のアカウントが kubelet と直接話せる" },
  explanation: {
    en: "nodes/proxy forwards requests to the kubelet's own API, which executes commands in any pod of the node. Admission and the audit log of the API server do not see what is executed.",
    ja: "nodes/proxy は要求を kubelet 自身の API に転送し、それを通じてノードの任意の Pod でコマンドを実行できる。何が実行されたかは、API サーバの受付制御にも監査ログにも現れない。",
  },
  basis: "documented",
  needs: all(gained("k8s-api(sa)"), told("k8s.rbac(nodes/proxy)", "no")),
  gains: ["other-container-control"],
  examples: {
    open: [{ line: "docker run busybox", host: { k8s: {}, facts: { "k8s.rbac(nodes/proxy)": "yes" } } }],
    closed: [
      { line: "docker run busybox", host: { k8s: {} } },
      { line: "docker run busybox", host: { facts: { "k8s.rbac(nodes/proxy)": "yes" } } },
    ],
  },
});
