import { answered, commandIs, commandsOf } from "./commands.ts";
import { dockerfileCheck } from "./dockerfile-check.ts";

/** apt-get install asks and nobody answers. */
export const dockerfileAptGetAsks = dockerfileCheck({
  id: "dockerfile-apt-get-asks",
  severity: "info",
  title: { en: "apt-get install asks and nobody answers", ja: "apt-get install の問いに答える者がいない" },
  explanation: {
    en: "Without -y the step waits for an answer, and fails.",
    ja: "-y がないと手順は答えを待ち、失敗します。",
  },
  aliases: { trivy: ["DS-0021"], hadolint: ["DL3014"] },
  find: (file) =>
    commandsOf(
      file,
      ({ words }) =>
        commandIs(words, "apt-get") &&
        words.includes("install") &&
        !words.some((word) => /^-[a-z]*(?:y|qq)[a-z]*$|^--(?:yes|assume-yes)$|^-q=2$/.test(word)),
      ["RUN"],
    ),
  fix: answered,
  examples: {
    flagged: ["FROM debian:12\nRUN apt-get install x\n"],
    clean: [
      "FROM debian:12\nRUN apt-get -fmy install x\n",
      "FROM debian:12\nRUN apt-get install --yes x\n",
      "FROM debian:12\nRUN apt-get install -qq x\n",
    ],
  },
});
