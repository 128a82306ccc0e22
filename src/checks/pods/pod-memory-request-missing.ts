import { podRule } from "./pod-rule.ts";
import { withoutRequest } from "./resources.ts";

/** The scheduler does not know what the container needs. */
export const podMemoryRequestMissing = podRule({
  id: "pod-memory-request-missing",
  severity: "info",
  title: { en: "No memory request", ja: "メモリの要求量がない" },
  explanation: {
    en: "Without a request the pod is among the first to be evicted when its node runs short. A limit counts as a request.",
    ja: "要求量がないと、ノードのメモリが不足したとき最初に追い出されます。上限を書けば要求量も同じ値になります。",
  },
  aliases: { trivy: ["KSV-0016"], checkov: ["CKV_K8S_12"], kubesec: ["RequestsMemory"] },
  find: (pod) => withoutRequest(pod, "memory"),
  examples: {
    flagged: ["containers: [{name: a, image: a, resources: {requests: {cpu: 1}}}]"],
    clean: ["containers: [{name: a, image: a, resources: {requests: {memory: 64Mi}}}]"],
  },
});
