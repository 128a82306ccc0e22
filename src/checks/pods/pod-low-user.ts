import { podRule } from "./pod-rule.ts";
import { idOf, OWN_ID_MIN } from "./user-ids.ts";
import { hasOwnUsers, inContainers, violation } from "./violation.ts";

/** A number that the node also gives to somebody. */
export const podLowUser = podRule({
  id: "pod-low-user",
  severity: "info",
  title: { en: "The user may be an account of the node", ja: "ユーザの番号がノードのアカウントと重なりうる" },
  explanation: {
    en: `Numbers below ${OWN_ID_MIN} belong to accounts on many nodes: a container that runs as one of them is that account for files and processes of the node. Take a number from ${OWN_ID_MIN} on, or give the pod users of its own (hostUsers: false).`,
    ja: `${OWN_ID_MIN} 未満の番号は、多くのノードでアカウントに使われています。その番号で動くコンテナは、ノードのファイルやプロセスにとってそのアカウントです。${OWN_ID_MIN} 以上の番号を使うか、Pod に独自のユーザを持たせてください(hostUsers: false)。`,
  },
  aliases: { trivy: ["KSV-0020"], checkov: ["CKV_K8S_40"], kubesec: ["RunAsUser"] },
  find: (pod) =>
    hasOwnUsers(pod)
      ? []
      : inContainers(pod, (placed) => {
          const { id, path } = idOf(pod, placed, "runAsUser");
          return id !== undefined && id >= OWN_ID_MIN
            ? undefined
            : violation(
                placed,
                path,
                id === undefined ? "names no user" : `runs as user ${id}`,
                id === undefined ? "にユーザの指定がありません" : `が uid ${id} で動きます`,
              );
        }),
  examples: {
    flagged: [
      "containers: [{name: a, image: a}]",
      "containers: [{name: a, image: a, securityContext: {runAsUser: 9999}}]",
    ],
    clean: [
      "{securityContext: {runAsUser: 10000}, containers: [{name: a, image: a}]}",
      "{hostUsers: false, containers: [{name: a, image: a}]}",
    ],
  },
});
