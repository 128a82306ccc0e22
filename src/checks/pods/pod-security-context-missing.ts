import { podRule } from "./pod-rule.ts";
import { inContainers, securityPath, violation } from "./violation.ts";

/** Nobody has said anything of the container's rights. */
export const podSecurityContextMissing = podRule({
  id: "pod-security-context-missing",
  severity: "info",
  title: { en: "No security context", ja: "securityContext がない" },
  explanation: {
    en: "Without a securityContext on the container or the pod every protection is left to the defaults of the image, the runtime and the kubelet.",
    ja: "コンテナにも Pod にも securityContext がないと、保護はすべてイメージ、ランタイム、kubelet の既定に任されます。",
  },
  aliases: { checkov: ["CKV_K8S_29", "CKV_K8S_30"] },
  find: (pod) =>
    inContainers(pod, (placed) =>
      placed.container.securityContext === undefined && pod.spec.securityContext === undefined
        ? violation(
            placed,
            securityPath(placed),
            "has no security context, and neither has the pod",
            "に securityContext がなく、Pod にもありません",
          )
        : undefined,
    ),
  examples: {
    flagged: ["containers: [{name: a, image: a}]"],
    clean: [
      "{securityContext: {fsGroup: 1}, containers: [{name: a, image: a}]}",
      "containers: [{name: a, image: a, securityContext: {runAsUser: 1}}]",
    ],
  },
});
