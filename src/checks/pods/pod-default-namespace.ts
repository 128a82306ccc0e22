import { podRule } from "./pod-rule.ts";
import { violation } from "./violation.ts";

/** A namespace without a border. */
export const podDefaultNamespace = podRule({
  id: "pod-default-namespace",
  severity: "info",
  title: { en: "No namespace of its own", ja: "専用の名前空間がない" },
  explanation: {
    en: "Policies, quotas and roles are given by namespace. What stands in default, or names none and goes where the context points, shares them with everything else there.",
    ja: "ポリシー、クォータ、ロールは名前空間ごとに与えられます。default に置くか、指定せずコンテキスト任せにすると、そこにあるすべてと共有することになります。",
  },
  aliases: { trivy: ["KSV-0110"], checkov: ["CKV_K8S_21"] },
  find: ({ namespace }) =>
    namespace === undefined || namespace === "" || namespace === "default"
      ? [
          violation(
            undefined,
            ["object", "metadata", "namespace"],
            namespace === "default" ? "stands in the namespace default" : "names no namespace",
            namespace === "default" ? "が名前空間 default にあります" : "に名前空間の指定がありません",
          ),
        ]
      : [],
  examples: {
    flagged: ["containers: [{name: a, image: a}]"],
    clean: [
      "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: web}, spec: {containers: [{name: a, image: a}]}}",
    ],
  },
});
