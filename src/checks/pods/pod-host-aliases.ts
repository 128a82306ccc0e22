import { podRule } from "./pod-rule.ts";
import { violation } from "./violation.ts";

/** Names that do not go through DNS. */
export const podHostAliases = podRule({
  id: "pod-host-aliases",
  severity: "info",
  title: { en: "Host aliases are set", ja: "hostAliases が指定されている" },
  explanation: {
    en: "hostAliases write into the pod's /etc/hosts, past the cluster's DNS and its logs. Whoever may change the manifest can send the pod's connections elsewhere.",
    ja: "hostAliases は Pod の /etc/hosts に書き込まれ、クラスタの DNS とそのログを通りません。マニフェストを変えられる者は、Pod の接続先を差し替えられます。",
  },
  aliases: { trivy: ["KSV-0007"], kubesec: ["HostAliases"] },
  find: ({ spec }) =>
    (spec.hostAliases?.length ?? 0) > 0
      ? [violation(undefined, ["spec", "hostAliases"], "sets hostAliases", "が hostAliases を指定しています")]
      : [],
  examples: {
    flagged: ["{hostAliases: [{ip: 127.0.0.1, hostnames: [a]}], containers: [{name: a, image: a}]}"],
    clean: ["{hostAliases: [], containers: [{name: a, image: a}]}"],
  },
});
