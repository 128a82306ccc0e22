import { commandIs, commandsOf } from "./commands.ts";
import { dockerfileCheck } from "./dockerfile-check.ts";

/** A step upgrades the whole distribution. */
export const dockerfileDistUpgrade = dockerfileCheck({
  id: "dockerfile-dist-upgrade",
  severity: "info",
  title: { en: "A step upgrades the whole distribution", ja: "手順がディストリビューション全体を更新する" },
  explanation: {
    en: "What comes out depends on the day. Take a newer base image instead.",
    ja: "結果がその日次第になります。新しい元イメージを使ってください。",
  },
  aliases: { trivy: ["DS-0024"] },
  find: (file) =>
    commandsOf(
      file,
      ({ words }) =>
        ["apt-get", "apt", "aptitude"].some((name) => commandIs(words, name)) &&
        words.some((word) => word === "dist-upgrade" || word === "full-upgrade"),
      ["RUN"],
    ),
  examples: {
    flagged: ["FROM debian:12\nRUN apt-get update && apt-get dist-upgrade -y\n"],
    clean: ["FROM debian:12\nRUN apt-get install -y x\n"],
  },
});
