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

const SENTENCE = ["sets runAsNonRoot to false", "が runAsNonRoot を false にしています"] as const;

function find(pod: Pod): readonly PodViolation[] {
  const common = pod.spec.securityContext?.runAsNonRoot;
  return [
    ...(common === false ? [violation(undefined, podSecurityPath("runAsNonRoot"), ...SENTENCE)] : []),
    ...inContainers(pod, (placed) => {
      const own = placed.container.securityContext?.runAsNonRoot;
      const path = securityPath(placed, "runAsNonRoot");
      if (own === undefined) {
        return common === true
          ? undefined
          : violation(
              placed,
              path,
              "does not set runAsNonRoot, and neither does the pod",
              "に runAsNonRoot がなく、Pod にも指定がありません",
            );
      }
      return own ? undefined : violation(placed, path, ...SENTENCE);
    }),
  ];
}

/** The kubelet must refuse to start a container as user 0. */
export const runAsNonRoot = control({
  id: "runAsNonRoot",
  level: "restricted",
  title: { en: "Running as root not ruled out", ja: "root での実行を禁止していない" },
  explanation: {
    en: "With runAsNonRoot: true the kubelet refuses to start a container as user 0, whatever the image says. It must stand on the pod or on every container; since v1.35 not for pods with users of their own.",
    ja: "runAsNonRoot: true があると、イメージの設定にかかわらず、kubelet は uid 0 での起動を拒否します。Pod か全コンテナに必要です(v1.35 以降、独自のユーザを持つ Pod を除く)。",
  },
  aliases: { trivy: ["KSV-0012"], kubesec: ["RunAsNonRoot"] },
  versions: [
    { from: 0, find },
    { from: 35, find: (pod) => (hasOwnUsers(pod) ? [] : find(pod)) },
  ],
  examples: {
    refused: [
      "containers: [{name: a, image: a}]",
      "{securityContext: {runAsNonRoot: true}, containers: [{name: a, image: a, securityContext: {runAsNonRoot: false}}]}",
    ],
    allowed: [
      "{securityContext: {runAsNonRoot: true}, containers: [{name: a, image: a}]}",
      "{hostUsers: false, containers: [{name: a, image: a}]}",
    ],
  },
});
