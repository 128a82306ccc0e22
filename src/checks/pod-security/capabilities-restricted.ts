import type { Pod } from "../../facts/index.ts";
import { inContainers, isWindowsPod, type PodViolation, securityPath, shown, violation } from "../pods/violation.ts";
import { control } from "./control.ts";

const find = (pod: Pod): readonly PodViolation[] =>
  inContainers(pod, (placed) => {
    const { add = [], drop = [] } = placed.container.securityContext?.capabilities ?? {};
    return [
      ...(drop.includes("ALL")
        ? []
        : [
            violation(
              placed,
              securityPath(placed, "capabilities", "drop"),
              "does not drop ALL capabilities",
              "が ALL のケーパビリティを外していません",
            ),
          ]),
      ...add.flatMap((name, index) =>
        name === "NET_BIND_SERVICE"
          ? []
          : [
              violation(
                placed,
                securityPath(placed, "capabilities", "add", index),
                `adds the capability ${shown(name)}`,
                `がケーパビリティ ${shown(name)} を追加しています`,
              ),
            ],
      ),
    ];
  });

/** No capability but the one for low ports. */
export const capabilitiesRestricted = control({
  id: "capabilities_restricted",
  level: "restricted",
  title: { en: "Capabilities kept", ja: "残されたケーパビリティ" },
  explanation: {
    en: "Every container must drop ALL, written so, and may add NET_BIND_SERVICE only; since v1.25 not for Windows.",
    ja: "全コンテナが ALL(この表記)を外さなければならず、追加できるのは NET_BIND_SERVICE だけです(v1.25 以降、Windows を除く)。",
  },
  overrides: "capabilities_baseline",
  aliases: { trivy: ["KSV-0106"] },
  versions: [
    { from: 22, find },
    { from: 25, find: (pod) => (isWindowsPod(pod) ? [] : find(pod)) },
  ],
  examples: {
    refused: [
      "containers: [{name: a, image: a}]",
      "containers: [{name: a, image: a, securityContext: {capabilities: {drop: [all]}}}]",
      "containers: [{name: a, image: a, securityContext: {capabilities: {drop: [ALL], add: [CHOWN]}}}]",
    ],
    allowed: [
      "containers: [{name: a, image: a, securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}}]",
      "{os: {name: windows}, containers: [{name: a, image: a}]}",
    ],
  },
});
