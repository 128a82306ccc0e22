import { dockerfileCheck } from "./dockerfile-check.ts";
import { repeated } from "./instructions.ts";

/** More than one ENTRYPOINT in a stage. */
export const dockerfileSeveralEntrypoint = dockerfileCheck({
  id: "dockerfile-several-entrypoint",
  severity: "info",
  title: { en: "More than one ENTRYPOINT in a stage", ja: "1 つのステージに複数の ENTRYPOINT" },
  explanation: {
    en: "Only the last one counts.",
    ja: "最後のものだけが有効です。",
  },
  aliases: { trivy: ["DS-0007"], hadolint: ["DL4004"] },
  find: (file) => repeated(file, "ENTRYPOINT"),
  examples: {
    flagged: ["FROM debian:12\nENTRYPOINT a\nENTRYPOINT b\n"],
    clean: ["FROM debian:12 AS a\nENTRYPOINT a\nFROM debian:12\nENTRYPOINT b\n"],
  },
});
