import { dockerfileCheck } from "./dockerfile-check.ts";
import { repeated } from "./instructions.ts";

/** More than one CMD in a stage. */
export const dockerfileSeveralCmd = dockerfileCheck({
  id: "dockerfile-several-cmd",
  severity: "info",
  title: { en: "More than one CMD in a stage", ja: "1 つのステージに複数の CMD" },
  explanation: {
    en: "Only the last one counts.",
    ja: "最後のものだけが有効です。",
  },
  aliases: { trivy: ["DS-0016"], hadolint: ["DL4003"] },
  find: (file) => repeated(file, "CMD"),
  examples: {
    flagged: ["FROM debian:12\nCMD a\nCMD b\n"],
    clean: ["FROM debian:12 AS a\nCMD a\nFROM debian:12\nCMD b\n"],
  },
});
