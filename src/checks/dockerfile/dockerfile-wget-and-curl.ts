import { commandIs } from "./commands.ts";
import { dockerfileCheck } from "./dockerfile-check.ts";

/** Both wget and curl are used. */
export const dockerfileWgetAndCurl = dockerfileCheck({
  id: "dockerfile-wget-and-curl",
  severity: "info",
  title: { en: "Both wget and curl are used", ja: "wget と curl の両方を使う" },
  explanation: {
    en: "One of them is enough, and each is a tool for whoever gets in.",
    ja: "どちらか 1 つで足ります。どちらも侵入した者の道具になります。",
  },
  aliases: { trivy: ["DS-0014"], hadolint: ["DL4001"] },
  find: (file) =>
    file.stages.flatMap(({ instructions }) => {
      const uses = (name: string) =>
        instructions.filter(
          ({ keyword, commands }) => keyword === "RUN" && commands.some(({ words }) => commandIs(words, name)),
        );
      const [wget, curl] = [uses("wget"), uses("curl")];
      return wget.length > 0 && curl.length > 0 ? curl.slice(0, 1).map(({ place }) => ({ place })) : [];
    }),
  examples: {
    flagged: ["FROM debian:12\nRUN wget http://x.example.org\nRUN curl http://x.example.org\n"],
    clean: ["FROM debian:12\nRUN curl http://x.example.org\nFROM debian:12\nRUN wget http://x.example.org\n"],
  },
});
