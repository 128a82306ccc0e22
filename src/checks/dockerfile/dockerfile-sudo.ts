import { commandIs, commandsOf } from "./commands.ts";
import { dockerfileCheck } from "./dockerfile-check.ts";

/** A build step uses sudo. */
export const dockerfileSudo = dockerfileCheck({
  id: "dockerfile-sudo",
  severity: "low",
  title: { en: "A build step uses sudo", ja: "ビルド手順が sudo を使う" },
  explanation: {
    en: "A build step is root already, or becomes it with USER root. sudo in an image stays there for whoever gets in.",
    ja: "ビルド手順はすでに root か、USER root で root になれます。イメージに入れた sudo は、侵入した者のために残ります。",
  },
  aliases: { trivy: ["DS-0010"], hadolint: ["DL3004"] },
  find: (file) => commandsOf(file, ({ words }) => commandIs(words, "sudo"), ["RUN"]),
  examples: {
    flagged: ["FROM alpine:3.20\nRUN sudo apk add x\n", "FROM alpine:3.20\nRUN id && sudo -E id\n"],
    clean: ["FROM alpine:3.20\nRUN echo sudo\n"],
  },
});
