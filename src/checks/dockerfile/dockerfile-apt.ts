import { answered, commandIs, commandsOf } from "./commands.ts";
import { dockerfileCheck } from "./dockerfile-check.ts";

/** apt is meant for people. */
export const dockerfileApt = dockerfileCheck({
  id: "dockerfile-apt",
  severity: "info",
  title: { en: "apt is meant for people", ja: "apt は人のためのもの" },
  explanation: {
    en: "apt says itself that its command line is not stable. Use apt-get or apt-cache in scripts.",
    ja: "apt のコマンド行は安定していないと apt 自身が述べています。スクリプトでは apt-get か apt-cache を使ってください。",
  },
  aliases: { checkov: ["CKV_DOCKER_9"], hadolint: ["DL3027"] },
  find: (file) => commandsOf(file, ({ words }) => commandIs(words, "apt"), ["RUN"]),
  fix: (text) =>
    answered(
      text.replace(
        /(?<![\w./-])apt(?=(?:\s+-\S+)*\s+(?:install|update|upgrade|remove|purge|autoremove|clean|autoclean|build-dep|download)\b)/g,
        "apt-get",
      ),
    ),
  examples: {
    flagged: ["FROM debian:12\nRUN apt install x\n", "FROM debian:12\nRUN apt-get update && apt install -y x\n"],
    clean: ["FROM debian:12\nRUN apt-get install -y x\n", "FROM debian:12\nRUN rm -rf /etc/apt\n"],
  },
});
