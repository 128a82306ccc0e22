import { dockerfileCheck } from "./dockerfile-check.ts";
import { repeated } from "./instructions.ts";

/** More than one HEALTHCHECK in a stage. */
export const dockerfileSeveralHealthcheck = dockerfileCheck({
  id: "dockerfile-several-healthcheck",
  severity: "info",
  title: { en: "More than one HEALTHCHECK in a stage", ja: "1 つのステージに複数の HEALTHCHECK" },
  explanation: {
    en: "Only the last one counts.",
    ja: "最後のものだけが有効です。",
  },
  aliases: { trivy: ["DS-0023"], hadolint: ["DL3012"] },
  find: (file) => repeated(file, "HEALTHCHECK"),
  examples: {
    flagged: ["FROM debian:12\nHEALTHCHECK CMD a\nHEALTHCHECK CMD b\n"],
    clean: ["FROM debian:12 AS a\nHEALTHCHECK CMD a\nFROM debian:12\nHEALTHCHECK CMD b\n"],
  },
});
