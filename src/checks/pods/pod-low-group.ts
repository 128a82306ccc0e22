import { podRule } from "./pod-rule.ts";
import { idOf, OWN_ID_MIN } from "./user-ids.ts";
import { hasOwnUsers, inContainers, violation } from "./violation.ts";

/** Without a group the process is in group 0, which sockets of the node often admit. */
export const podLowGroup = podRule({
  id: "pod-low-group",
  severity: "info",
  title: { en: "The group may be a group of the node", ja: "グループの番号がノードのグループと重なりうる" },
  explanation: {
    en: `Without runAsGroup a process with a numeric user is in group 0, the group of containerd.sock and of many files. Take a number from ${OWN_ID_MIN} on.`,
    ja: `runAsGroup がないと、番号で指定したユーザのプロセスはグループ 0 に入ります。containerd.sock や多くのファイルのグループです。${OWN_ID_MIN} 以上の番号を指定してください。`,
  },
  aliases: { trivy: ["KSV-0021"], kubesec: ["RunAsGroup"] },
  find: (pod) =>
    hasOwnUsers(pod)
      ? []
      : inContainers(pod, (placed) => {
          const { id, path } = idOf(pod, placed, "runAsGroup");
          return id !== undefined && id >= OWN_ID_MIN
            ? undefined
            : violation(
                placed,
                path,
                id === undefined ? "names no group" : `runs in group ${id}`,
                id === undefined ? "にグループの指定がありません" : `がグループ ${id} で動きます`,
              );
        }),
  examples: {
    flagged: ["containers: [{name: a, image: a, securityContext: {runAsUser: 20000}}]"],
    clean: ["containers: [{name: a, image: a, securityContext: {runAsGroup: 20000}}]"],
  },
});
