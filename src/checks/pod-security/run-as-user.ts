import type { Pod } from "../../facts/index.ts";
import {
  hasOwnUsers,
  inContainers,
  type PodViolation,
  podSecurityPath,
  securityPath,
  violation,
} from "../pods/violation.ts";
import { control } from "./control.ts";

const SENTENCE = ["sets runAsUser to 0", "が runAsUser を 0 にしています"] as const;

const find = (pod: Pod): readonly PodViolation[] => [
  ...(pod.spec.securityContext?.runAsUser === 0
    ? [violation(undefined, podSecurityPath("runAsUser"), ...SENTENCE)]
    : []),
  ...inContainers(pod, (placed) =>
    placed.container.securityContext?.runAsUser === 0
      ? violation(placed, securityPath(placed, "runAsUser"), ...SENTENCE)
      : undefined,
  ),
];

/** User 0 may not be asked for. */
export const runAsUser = control({
  id: "runAsUser",
  level: "restricted",
  title: { en: "User 0 asked for", ja: "uid 0 の指定" },
  explanation: {
    en: "runAsUser: 0 may stand nowhere; since v1.35 it may on pods with users of their own.",
    ja: "runAsUser: 0 はどこにも書けません(v1.35 以降、独自のユーザを持つ Pod を除く)。",
  },
  aliases: { trivy: ["KSV-0105"] },
  versions: [
    { from: 23, find },
    { from: 35, find: (pod) => (hasOwnUsers(pod) ? [] : find(pod)) },
  ],
  examples: {
    refused: ["containers: [{name: a, image: a, securityContext: {runAsUser: 0}}]"],
    allowed: [
      "containers: [{name: a, image: a, securityContext: {runAsUser: 1}}]",
      "{hostUsers: false, containers: [{name: a, image: a, securityContext: {runAsUser: 0}}]}",
    ],
  },
});
