import { dockerfileCheck } from "./dockerfile-check.ts";

/** Two stages have one name. */
export const dockerfileStageNameTwice = dockerfileCheck({
  id: "dockerfile-stage-name-twice",
  severity: "info",
  title: { en: "Two stages have one name", ja: "2 つのステージが同じ名前" },
  explanation: {
    en: "COPY --from and a later FROM reach only the last of them.",
    ja: "COPY --from や後の FROM が届くのは最後のものだけです。",
  },
  aliases: { trivy: ["DS-0012"], checkov: ["CKV_DOCKER_11"], hadolint: ["DL3024"] },
  find: (file) =>
    file.stages
      .filter(
        ({ name }, index) => name !== undefined && file.stages.slice(0, index).some((earlier) => earlier.name === name),
      )
      .map(({ from }) => ({ place: from.place })),
  examples: {
    flagged: ["FROM debian:12 AS a\nFROM debian:11 as A\n"],
    clean: ["FROM debian:12 AS a\nFROM debian:11 AS b\n", "FROM debian:12\nFROM debian:11\n"],
  },
});
