import { podRule } from "./pod-rule.ts";
import { shown, violation } from "./violation.ts";

/** The kubelet runs git on what a stranger wrote. */
export const podGitRepoVolume = podRule({
  id: "pod-git-repo-volume",
  severity: "low",
  title: { en: "A gitRepo volume is used", ja: "gitRepo ボリュームを使っている" },
  explanation: {
    en: "For a gitRepo volume the kubelet itself runs git, as root of the node: a repository with hooks has run commands there (CVE-2024-10220). Clone in an init container into an emptyDir.",
    ja: "gitRepo ボリュームでは、kubelet 自身がノードの root として git を実行します。フックを仕込んだリポジトリでノード上のコマンドが実行された例があります(CVE-2024-10220)。init コンテナで emptyDir に clone してください。",
  },
  find: ({ spec }) =>
    (spec.volumes ?? []).flatMap(({ name = "", sources }, index) =>
      sources.includes("gitRepo")
        ? [
            violation(
              undefined,
              ["spec", "volumes", index, "gitRepo"],
              `has the gitRepo volume ${shown(name)}`,
              `が gitRepo ボリューム ${shown(name)} を使っています`,
            ),
          ]
        : [],
    ),
  examples: {
    flagged: ["{containers: [{name: a, image: a}], volumes: [{name: v, gitRepo: {repository: r}}]}"],
    clean: ["{containers: [{name: a, image: a}], volumes: [{name: v, emptyDir: {}}]}"],
  },
});
