import { dockerfileCheck } from "./dockerfile-check.ts";
import { lastStage, lastStages } from "./stages.ts";

/** No health check. */
export const dockerfileHealthcheckMissing = dockerfileCheck({
  id: "dockerfile-healthcheck-missing",
  severity: "info",
  title: { en: "No health check", ja: "ヘルスチェックがない" },
  explanation: {
    en: "Without HEALTHCHECK the engine knows only whether the process lives.",
    ja: "HEALTHCHECK がないと、エンジンはプロセスの生死しか知りません。",
  },
  aliases: { "cis-docker-1.6.0": ["4.6"], trivy: ["DS-0026"], checkov: ["CKV_DOCKER_2"] },
  find: (file) =>
    lastStages(file).some(({ instructions }) => instructions.some(({ keyword }) => keyword === "HEALTHCHECK"))
      ? []
      : [{ place: lastStage(file).from.place }],
  examples: {
    flagged: ["FROM debian:12\n", "FROM debian:12 AS b\nHEALTHCHECK CMD true\nFROM debian:12\n"],
    clean: ["FROM debian:12\nHEALTHCHECK CMD curl -f http://localhost\n", "FROM debian:12\nHEALTHCHECK NONE\n"],
  },
});
