import { podRule } from "./pod-rule.ts";
import { idOf } from "./user-ids.ts";
import { hasOwnUsers, inContainers, violation } from "./violation.ts";

/** User 0 of the container is user 0 of the node unless the pod has users of its own. */
export const podRunsAsRoot = podRule({
  id: "pod-runs-as-root",
  severity: "low",
  title: { en: "The container may run as the node's root", ja: "コンテナがノードの root として動きうる" },
  explanation: {
    en: "Unless the pod has users of its own (hostUsers: false), user 0 inside is user 0 of the node: it owns every file that is mounted, and every fault of the kernel or the runtime starts from a better place. Set runAsNonRoot: true or a runAsUser other than 0.",
    ja: "独自のユーザを持つ Pod(hostUsers: false)でないかぎり、コンテナ内の uid 0 はノードの uid 0 です。マウントされたすべてのファイルの所有者であり、カーネルやランタイムの欠陥も突きやすくなります。runAsNonRoot: true か、0 以外の runAsUser を指定してください。",
  },
  aliases: { checkov: ["CKV_K8S_23"] },
  find: (pod) =>
    hasOwnUsers(pod)
      ? []
      : inContainers(pod, (placed) => {
          const { id, path } = idOf(pod, placed, "runAsUser");
          const nonRoot =
            placed.container.securityContext?.runAsNonRoot ?? pod.spec.securityContext?.runAsNonRoot ?? false;
          return nonRoot || (id ?? 0) !== 0
            ? undefined
            : violation(
                placed,
                path,
                id === undefined ? "leaves its user to the image" : "runs as user 0",
                id === undefined ? "のユーザがイメージ任せです" : "が uid 0 で動きます",
              );
        }),
  examples: {
    flagged: [
      "containers: [{name: a, image: a}]",
      "{securityContext: {runAsNonRoot: true}, containers: [{name: a, image: a, securityContext: {runAsUser: 0, runAsNonRoot: false}}]}",
    ],
    clean: [
      "containers: [{name: a, image: a, securityContext: {runAsUser: 1000}}]",
      "{securityContext: {runAsNonRoot: true}, containers: [{name: a, image: a}]}",
      "{hostUsers: false, containers: [{name: a, image: a}]}",
    ],
  },
});
