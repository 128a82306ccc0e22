import { serves } from "./lasting-containers.ts";
import { podRule } from "./pod-rule.ts";
import { inContainers, violation } from "./violation.ts";

/** It gets requests before it can answer. */
export const podReadinessProbeMissing = podRule({
  id: "pod-readiness-probe-missing",
  severity: "info",
  title: { en: "No readiness probe", ja: "readinessProbe がない" },
  explanation: {
    en: "Without a readiness probe a Service sends requests to a container that cannot answer them yet, or any more.",
    ja: "readinessProbe がないと、まだ応答できない、あるいはもう応答できないコンテナにも Service が要求を送ります。",
  },
  aliases: { checkov: ["CKV_K8S_9"] },
  find: (pod) =>
    inContainers(pod, (placed) =>
      serves(pod, placed) && placed.container.readinessProbe === undefined
        ? violation(
            placed,
            [...placed.path, "readinessProbe"],
            "has no readiness probe",
            "に readinessProbe がありません",
          )
        : undefined,
    ),
  examples: {
    flagged: ["containers: [{name: a, image: a}]"],
    clean: [
      "containers: [{name: a, image: a, readinessProbe: {tcpSocket: {port: 80}}}]",
      "{apiVersion: batch/v1, kind: Job, metadata: {name: a}, spec: {template: {spec: {containers: [{name: a, image: a}]}}}}",
    ],
  },
});
