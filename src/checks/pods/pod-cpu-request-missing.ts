import { podRule } from "./pod-rule.ts";
import { withoutRequest } from "./resources.ts";

/** The scheduler does not know what the container needs. */
export const podCpuRequestMissing = podRule({
  id: "pod-cpu-request-missing",
  severity: "info",
  title: { en: "No CPU request", ja: "CPU の要求量がない" },
  explanation: {
    en: "Without a request the container has no share of the CPU when its node is busy. A limit counts as a request.",
    ja: "要求量がないと、ノードが混んだときに CPU の取り分がありません。上限を書けば要求量も同じ値になります。",
  },
  aliases: { trivy: ["KSV-0015"], checkov: ["CKV_K8S_10"], kubesec: ["RequestsCPU"] },
  find: (pod) => withoutRequest(pod, "cpu"),
  examples: {
    flagged: ["containers: [{name: a, image: a}]"],
    clean: [
      "containers: [{name: a, image: a, resources: {requests: {cpu: 250m}}}]",
      "containers: [{name: a, image: a, resources: {limits: {cpu: 250m}}}]",
    ],
  },
});
