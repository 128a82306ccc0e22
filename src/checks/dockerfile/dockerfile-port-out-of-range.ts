import { dockerfileCheck } from "./dockerfile-check.ts";
import { exposed } from "./ports.ts";

/** A port that there is not. */
export const dockerfilePortOutOfRange = dockerfileCheck({
  id: "dockerfile-port-out-of-range",
  severity: "info",
  title: { en: "A port that there is not", ja: "存在しないポート" },
  explanation: {
    en: "Ports go from 0 to 65535.",
    ja: "ポートは 0 から 65535 までです。",
  },
  aliases: { trivy: ["DS-0008"], hadolint: ["DL3011"] },
  find: (file) => exposed(file, (_, to) => to > 65_535),
  examples: {
    flagged: ["FROM alpine:3.20\nEXPOSE 65536\n"],
    clean: ["FROM alpine:3.20\nEXPOSE 65535\n"],
  },
});
