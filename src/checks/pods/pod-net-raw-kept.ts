import { drops } from "./dropped-capabilities.ts";
import { podRule } from "./pod-rule.ts";
import { inContainers, securityPath, violation } from "./violation.ts";

/** Raw packets: ARP and DNS of neighbours can be forged. */
export const podNetRawKept = podRule({
  id: "pod-net-raw-kept",
  severity: "info",
  title: { en: "NET_RAW is kept", ja: "NET_RAW が残されている" },
  explanation: {
    en: "With NET_RAW a container writes packets as it likes and can pose as its neighbours on the same network. containerd gives it by default, CRI-O does not. Drop it, or better ALL.",
    ja: "NET_RAW があると任意のパケットを送れ、同じネットワークの隣になりすませます。containerd は既定で与え、CRI-O は与えません。NET_RAW か、できれば ALL を外してください。",
  },
  aliases: { checkov: ["CKV_K8S_28"] },
  find: (pod) =>
    inContainers(pod, (placed) =>
      drops(placed, "NET_RAW")
        ? undefined
        : violation(placed, securityPath(placed, "capabilities", "drop"), "keeps NET_RAW", "が NET_RAW を残しています"),
    ),
  examples: {
    flagged: ["containers: [{name: a, image: a, securityContext: {capabilities: {drop: [CHOWN]}}}]"],
    clean: ["containers: [{name: a, image: a, securityContext: {capabilities: {drop: [NET_RAW]}}}]"],
  },
});
