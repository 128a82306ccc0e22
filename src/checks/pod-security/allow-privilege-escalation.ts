import type { Pod } from "../../facts/index.ts";
import { inContainers, isWindowsPod, type PodViolation, securityPath, violation } from "../pods/violation.ts";
import { control } from "./control.ts";

const find = (pod: Pod): readonly PodViolation[] =>
  inContainers(pod, (placed) =>
    placed.container.securityContext?.allowPrivilegeEscalation === false
      ? undefined
      : violation(
          placed,
          securityPath(placed, "allowPrivilegeEscalation"),
          "does not set allowPrivilegeEscalation to false",
          "が allowPrivilegeEscalation を false にしていません",
        ),
  );

/** Setuid files must have no effect. */
export const allowPrivilegeEscalation = control({
  id: "allowPrivilegeEscalation",
  level: "restricted",
  title: { en: "Privilege escalation allowed", ja: "権限昇格の許可" },
  explanation: {
    en: "Without allowPrivilegeEscalation: false a setuid file of the image makes root of an ordinary user inside the container. It must be set on every container; since v1.25 not for Windows.",
    ja: "allowPrivilegeEscalation: false がないと、イメージの setuid ファイルで一般ユーザがコンテナ内の root になれます。全コンテナに必要です(v1.25 以降、Windows を除く)。",
  },
  aliases: { trivy: ["KSV-0001"], checkov: ["CKV_K8S_20"], kubesec: ["AllowPrivilegeEscalation"] },
  versions: [
    { from: 8, find },
    { from: 25, find: (pod) => (isWindowsPod(pod) ? [] : find(pod)) },
  ],
  examples: {
    refused: ["containers: [{name: a, image: a}]"],
    allowed: [
      "containers: [{name: a, image: a, securityContext: {allowPrivilegeEscalation: false}}]",
      "{os: {name: windows}, containers: [{name: a, image: a}]}",
    ],
  },
});
