import { parseCapability } from "../../facts/index.ts";
import { podRule } from "./pod-rule.ts";
import { inContainers, securityPath, violation } from "./violation.ts";

/** The capability that is half of root. */
export const podCapabilitySysAdmin = podRule({
  id: "pod-capability-sys-admin",
  severity: "low",
  title: { en: "SYS_ADMIN is added", ja: "SYS_ADMIN が追加されている" },
  explanation: {
    en: "SYS_ADMIN lets a process mount, enter namespaces and change most of what the kernel keeps. Which ways to the node it opens here is told by the techniques. ALL contains it.",
    ja: "SYS_ADMIN があると、マウントや名前空間への参加など、カーネルの状態の大半を変えられます。ここでノードへのどの経路が開くかはテクニックが示します。ALL にも含まれます。",
  },
  aliases: { trivy: ["KSV-0005"], checkov: ["CKV_K8S_39"], kubesec: ["CapSysAdmin"] },
  find: (pod) =>
    inContainers(pod, (placed) =>
      (placed.container.securityContext?.capabilities?.add ?? []).flatMap((name, index) =>
        ["SYS_ADMIN", "ALL"].includes(parseCapability(name) ?? "")
          ? [
              violation(
                placed,
                securityPath(placed, "capabilities", "add", index),
                "adds SYS_ADMIN",
                "が SYS_ADMIN を追加しています",
              ),
            ]
          : [],
      ),
    ),
  examples: {
    flagged: [
      "containers: [{name: a, image: a, securityContext: {capabilities: {add: [SYS_ADMIN]}}}]",
      "containers: [{name: a, image: a, securityContext: {capabilities: {add: [ALL]}}}]",
    ],
    clean: ["containers: [{name: a, image: a, securityContext: {capabilities: {add: [SYS_TIME]}}}]"],
  },
});
