import { podRule } from "./pod-rule.ts";
import { inContainers, securityPath, shown, violation } from "./violation.ts";

/** Any capability beyond the runtime's own set. */
export const podCapabilitiesAdded = podRule({
  id: "pod-capabilities-added",
  severity: "info",
  title: { en: "Capabilities are added", ja: "ケーパビリティが追加されている" },
  explanation: {
    en: "Every capability that is added is a privilege that an intruder has too. Add only those that the program asks for by name.",
    ja: "追加したケーパビリティは、侵入者の権限にもなります。プログラムが必要とするものだけを名前で追加してください。",
  },
  aliases: { trivy: ["KSV-0022"], checkov: ["CKV_K8S_25"] },
  find: (pod) =>
    inContainers(pod, (placed) => {
      const { add = [] } = placed.container.securityContext?.capabilities ?? {};
      const names = add.map(shown).join(", ");
      return add.length === 0
        ? undefined
        : violation(
            placed,
            securityPath(placed, "capabilities", "add"),
            `adds ${names}`,
            `が ${names} を追加しています`,
          );
    }),
  examples: {
    flagged: ["containers: [{name: a, image: a, securityContext: {capabilities: {add: [NET_BIND_SERVICE]}}}]"],
    clean: ["containers: [{name: a, image: a, securityContext: {capabilities: {add: []}}}]"],
  },
});
