import { drops } from "./dropped-capabilities.ts";
import { podRule } from "./pod-rule.ts";
import { inContainers, securityPath, violation } from "./violation.ts";

/** The runtime's default set, which most programs never use. */
export const podCapabilitiesKept = podRule({
  id: "pod-capabilities-kept",
  severity: "info",
  title: { en: "Default capabilities are kept", ja: "既定のケーパビリティが残されている" },
  explanation: {
    en: "Runtimes give a set that most programs never use: changing owners, sending raw packets, making device nodes. Drop ALL, and add back what the program asks for.",
    ja: "ランタイムは、所有者の変更、生パケットの送信、デバイスノードの作成など、ほとんどのプログラムが使わない集合を与えます。ALL を外し、必要なものだけを追加してください。",
  },
  aliases: { trivy: ["KSV-0003"], checkov: ["CKV_K8S_37"], kubesec: ["CapDropAll", "CapDropAny"] },
  find: (pod) =>
    inContainers(pod, (placed) =>
      drops(placed, "ALL")
        ? undefined
        : violation(
            placed,
            securityPath(placed, "capabilities", "drop"),
            "keeps the default capabilities",
            "が既定のケーパビリティを残しています",
          ),
    ),
  examples: {
    flagged: [
      "containers: [{name: a, image: a}]",
      "containers: [{name: a, image: a, securityContext: {capabilities: {drop: [NET_RAW]}}}]",
    ],
    clean: ["containers: [{name: a, image: a, securityContext: {capabilities: {drop: [all]}}}]"],
  },
});
