import { inContainers, securityPath, violation } from "../pods/violation.ts";
import { control } from "./control.ts";

/** A privileged container has the node: all capabilities, all devices, no filter. */
export const privileged = control({
  id: "privileged",
  level: "baseline",
  title: { en: "Privileged containers", ja: "特権コンテナ" },
  explanation: {
    en: "A privileged container holds every capability and every device of its node, and no filter confines it. Ask for the one capability or device that is needed.",
    ja: "特権コンテナは、ノードのすべてのケーパビリティとデバイスを持ち、何のフィルタにも制限されません。必要なケーパビリティやデバイスだけを指定してください。",
  },
  aliases: { trivy: ["KSV-0017"], checkov: ["CKV_K8S_16"], kubesec: ["Privileged"] },
  versions: [
    {
      from: 0,
      find: (pod) =>
        inContainers(pod, (placed) =>
          placed.container.securityContext?.privileged === true
            ? violation(placed, securityPath(placed, "privileged"), "is privileged", "が特権で動いています")
            : undefined,
        ),
    },
  ],
  examples: {
    refused: ["containers: [{name: a, image: a, securityContext: {privileged: true}}]"],
    allowed: ["containers: [{name: a, image: a, securityContext: {privileged: false}}]"],
  },
});
