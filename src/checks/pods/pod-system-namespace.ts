import { podRule } from "./pod-rule.ts";
import { violation } from "./violation.ts";

/** The namespace of the cluster's own parts. */
export const podSystemNamespace = podRule({
  id: "pod-system-namespace",
  severity: "info",
  title: { en: "In the namespace of the cluster itself", ja: "クラスタ自身の名前空間にある" },
  explanation: {
    en: "kube-system is for the parts of the cluster: admission is often told to leave it alone, and its secrets open the cluster. Other workloads do not belong there.",
    ja: "kube-system はクラスタの構成要素のための名前空間です。受付制御の対象外にされがちで、その Secret はクラスタを開きます。ほかのものを置く場所ではありません。",
  },
  aliases: { trivy: ["KSV-0037"] },
  find: ({ namespace }) =>
    namespace === "kube-system"
      ? [
          violation(
            undefined,
            ["object", "metadata", "namespace"],
            "stands in kube-system",
            "が kube-system にあります",
          ),
        ]
      : [],
  examples: {
    flagged: [
      "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: kube-system}, spec: {containers: [{name: a, image: a}]}}",
    ],
    clean: ["containers: [{name: a, image: a}]"],
  },
});
