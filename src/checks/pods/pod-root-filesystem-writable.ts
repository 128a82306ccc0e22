import { podRule } from "./pod-rule.ts";
import { inContainers, securityPath, violation } from "./violation.ts";

/** What an attacker brings along finds a place. */
export const podRootFilesystemWritable = podRule({
  id: "pod-root-filesystem-writable",
  severity: "info",
  title: { en: "The root file system is writable", ja: "ルートファイルシステムが書込み可能" },
  explanation: {
    en: "With readOnlyRootFilesystem: true an intruder can change no program of the container and leaves traces in volumes only. Give the program an emptyDir where it has to write.",
    ja: "readOnlyRootFilesystem: true なら、侵入者はコンテナのプログラムを変えられず、痕跡もボリュームにしか残りません。書込みが必要な場所には emptyDir を使ってください。",
  },
  aliases: { trivy: ["KSV-0014"], checkov: ["CKV_K8S_22"], kubesec: ["ReadOnlyRootFilesystem"] },
  find: (pod) =>
    inContainers(pod, (placed) =>
      placed.container.securityContext?.readOnlyRootFilesystem === true
        ? undefined
        : violation(
            placed,
            securityPath(placed, "readOnlyRootFilesystem"),
            "can write to its root file system",
            "がルートファイルシステムに書き込めます",
          ),
    ),
  examples: {
    flagged: [
      "containers: [{name: a, image: a}]",
      "containers: [{name: a, image: a, securityContext: {readOnlyRootFilesystem: false}}]",
    ],
    clean: ["containers: [{name: a, image: a, securityContext: {readOnlyRootFilesystem: true}}]"],
  },
});
