import { violation } from "../pods/violation.ts";
import { control } from "./control.ts";

const FIELDS = [
  ["hostNetwork", { trivy: ["KSV-0009"], checkov: ["CKV_K8S_19"], kubesec: ["HostNetwork"] }],
  ["hostPID", { trivy: ["KSV-0010"], checkov: ["CKV_K8S_17"], kubesec: ["HostPID"] }],
  ["hostIPC", { trivy: ["KSV-0008"], checkov: ["CKV_K8S_18"], kubesec: ["HostIPC"] }],
] as const;

/** The node's network, processes or shared memory in place of the pod's own. */
export const hostNamespaces = control({
  id: "hostNamespaces",
  level: "baseline",
  title: { en: "Namespaces of the node", ja: "ノードの名前空間の共有" },
  explanation: {
    en: "With hostNetwork, hostPID or hostIPC the pod stands in the node's own namespace: it reaches services on the loopback, sees every process with its command line, or shares memory with programs of the node.",
    ja: "hostNetwork、hostPID、hostIPC を使うと、Pod はノード自身の名前空間に入ります。ループバック上のサービスに届き、全プロセスをコマンドラインごと見られ、ノードのプログラムとメモリを共有できます。",
  },
  aliases: {
    trivy: FIELDS.flatMap(([, { trivy }]) => trivy),
    checkov: FIELDS.flatMap(([, { checkov }]) => checkov),
    kubesec: FIELDS.flatMap(([, { kubesec }]) => kubesec),
  },
  versions: [
    {
      from: 0,
      find: ({ spec }) =>
        FIELDS.flatMap(([field, aliases]) =>
          spec[field] === true
            ? [violation(undefined, ["spec", field], `sets ${field}`, `が ${field} を指定しています`, aliases)]
            : [],
        ),
    },
  ],
  examples: {
    refused: [
      "{hostPID: true, containers: [{name: a, image: a}]}",
      "{hostNetwork: true, containers: [{name: a, image: a}]}",
    ],
    allowed: ["{hostIPC: false, containers: [{name: a, image: a}]}"],
  },
});
