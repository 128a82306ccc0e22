import { podRule } from "./pod-rule.ts";
import { withoutLimit } from "./resources.ts";

/** One container can take the whole processor of its node. */
export const podCpuLimitMissing = podRule({
  id: "pod-cpu-limit-missing",
  severity: "info",
  title: { en: "No CPU limit", ja: "CPU の上限がない" },
  explanation: {
    en: "Without a limit a container takes whatever CPU its neighbours leave, which is what a miner wants. Requests still give every other pod its share.",
    ja: "上限がないと、隣のコンテナが使わない CPU をすべて使えます。マイナーにとって好都合です。ほかの Pod の取り分は requests で守られます。",
  },
  aliases: { trivy: ["KSV-0011"], checkov: ["CKV_K8S_11"], kubesec: ["LimitsCPU"] },
  find: (pod) => withoutLimit(pod, "cpu"),
  examples: {
    flagged: [
      "containers: [{name: a, image: a}]",
      "containers: [{name: a, image: a, resources: {requests: {cpu: 1}}}]",
    ],
    clean: [
      "containers: [{name: a, image: a, resources: {limits: {cpu: 500m}}}]",
      "{resources: {limits: {cpu: 2}}, containers: [{name: a, image: a}]}",
    ],
  },
});
