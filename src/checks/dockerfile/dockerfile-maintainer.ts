import { dockerfileCheck } from "./dockerfile-check.ts";
import { everyInstruction } from "./instructions.ts";

/** MAINTAINER is deprecated. */
export const dockerfileMaintainer = dockerfileCheck({
  id: "dockerfile-maintainer",
  severity: "info",
  title: { en: "MAINTAINER is deprecated", ja: "MAINTAINER は廃止予定" },
  explanation: {
    en: "Use LABEL org.opencontainers.image.authors.",
    ja: "LABEL org.opencontainers.image.authors を使ってください。",
  },
  aliases: { trivy: ["DS-0022"], checkov: ["CKV_DOCKER_6"], hadolint: ["DL4000"] },
  find: (file) =>
    everyInstruction(file)
      .filter(({ keyword }) => keyword === "MAINTAINER")
      .map(({ place }) => ({ place })),
  fix: (text) => {
    const [, keyword = "", name = ""] = /^(maintainer)\s+(.*?)\s*$/is.exec(text) ?? [];
    const value = name.replace(/^(["'])(.*)\1$/s, "$2");
    return keyword === "" || /[\\\n"$]/.test(value) ? undefined : `LABEL org.opencontainers.image.authors="${value}"`;
  },
  examples: {
    flagged: ["FROM debian:12\nMAINTAINER someone@example.org\n"],
    clean: ["FROM debian:12\nLABEL maintainer=someone@example.org\n"],
  },
});
