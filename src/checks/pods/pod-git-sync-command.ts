import { imageName } from "./image-name.ts";
import { podRule } from "./pod-rule.ts";
import { inContainers, shown, violation } from "./violation.ts";

const COMMAND_VARIABLES = new Set(["GITSYNC_GIT", "GIT_SYNC_GIT", "GITSYNC_ASKPASS_URL", "GITSYNC_EXECHOOK_COMMAND"]);

/** git-sync runs what it is told is git. */
export const podGitSyncCommand = podRule({
  id: "pod-git-sync-command",
  severity: "low",
  title: { en: "git-sync is told which program to run", ja: "git-sync の実行するプログラムが差し替えられている" },
  explanation: {
    en: "git-sync runs the program that this variable names, with the credentials of the repository. A file in a shared volume is then code of whoever writes there.",
    ja: "git-sync は、この変数が指すプログラムを、リポジトリの資格情報とともに実行します。共有ボリューム上のファイルなら、そこに書ける者のコードが動きます。",
  },
  aliases: { checkov: ["CKV_K8S_159"] },
  find: (pod) =>
    inContainers(pod, (placed) =>
      /(^|\/)git-sync$/.test(imageName(placed.container.image ?? "").repository)
        ? (placed.container.env ?? []).flatMap(({ name = "" }, index) =>
            COMMAND_VARIABLES.has(name)
              ? [
                  violation(
                    placed,
                    [...placed.path, "env", index],
                    `sets ${shown(name)}`,
                    `が ${shown(name)} を指定しています`,
                  ),
                ]
              : [],
          )
        : undefined,
    ),
  examples: {
    flagged: ["containers: [{name: a, image: 'registry.k8s.io/git-sync:v4', env: [{name: GITSYNC_GIT, value: /t/g}]}]"],
    clean: ["containers: [{name: a, image: registry.k8s.io/git-sync, env: [{name: GITSYNC_REPO, value: r}]}]"],
  },
});
