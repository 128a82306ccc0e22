import { serves } from "./lasting-containers.ts";
import { podRule } from "./pod-rule.ts";
import { inContainers, violation } from "./violation.ts";

/** Nobody notices that it hangs. */
export const podLivenessProbeMissing = podRule({
  id: "pod-liveness-probe-missing",
  severity: "info",
  title: { en: "No liveness probe", ja: "livenessProbe がない" },
  explanation: {
    en: "Without a liveness probe a container that hangs, or that was made to hang, is left as it is.",
    ja: "livenessProbe がないと、停止した、あるいは停止させられたコンテナがそのまま残ります。",
  },
  aliases: { checkov: ["CKV_K8S_8"] },
  find: (pod) =>
    inContainers(pod, (placed) =>
      serves(pod, placed) && placed.container.livenessProbe === undefined
        ? violation(placed, [...placed.path, "livenessProbe"], "has no liveness probe", "に livenessProbe がありません")
        : undefined,
    ),
  examples: {
    flagged: ["containers: [{name: a, image: a}]"],
    clean: ["containers: [{name: a, image: a, livenessProbe: {tcpSocket: {port: 80}}}]"],
  },
});
