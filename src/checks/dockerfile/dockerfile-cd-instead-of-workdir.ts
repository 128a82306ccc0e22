import { commandIs } from "./commands.ts";
import { dockerfileCheck } from "./dockerfile-check.ts";
import { everyInstruction } from "./instructions.ts";

/** RUN cd changes nothing for later steps. */
export const dockerfileCdInsteadOfWorkdir = dockerfileCheck({
  id: "dockerfile-cd-instead-of-workdir",
  severity: "info",
  title: { en: "RUN cd changes nothing for later steps", ja: "RUN cd は後の手順に効かない" },
  explanation: {
    en: "Each RUN begins in WORKDIR. A step that only changes the directory does nothing.",
    ja: "各 RUN は WORKDIR から始まります。ディレクトリを移るだけの手順は何もしません。",
  },
  aliases: { trivy: ["DS-0013"], hadolint: ["DL3003"] },
  find: (file) =>
    everyInstruction(file)
      .filter(
        ({ keyword, commands }) =>
          keyword === "RUN" && commands.length === 1 && commandIs(commands[0]?.words ?? [], "cd"),
      )
      .map(({ place }) => ({ place })),
  examples: {
    flagged: ["FROM debian:12\nRUN cd /app\n"],
    clean: ["FROM debian:12\nRUN cd /app && make\n", "FROM debian:12\nCMD cd /app && ./run\n"],
  },
});
