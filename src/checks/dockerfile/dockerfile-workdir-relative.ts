import { dockerfileCheck } from "./dockerfile-check.ts";
import { everyInstruction } from "./instructions.ts";

/** WORKDIR is relative. */
export const dockerfileWorkdirRelative = dockerfileCheck({
  id: "dockerfile-workdir-relative",
  severity: "info",
  title: { en: "WORKDIR is relative", ja: "WORKDIR が相対パス" },
  explanation: {
    en: "What it means depends on the WORKDIR before it and on the base image.",
    ja: "前の WORKDIR と元のイメージによって意味が変わります。",
  },
  aliases: { trivy: ["DS-0009"], checkov: ["CKV_DOCKER_10"], hadolint: ["DL3000"] },
  find: (file) =>
    everyInstruction(file)
      .filter(({ keyword, words }) => keyword === "WORKDIR" && !/^(?:\/|\$|[A-Za-z]:|\\\\)/.test(words[0] ?? "/"))
      .map(({ place }) => ({ place })),
  examples: {
    flagged: ["FROM debian:12\nWORKDIR app\n"],
    clean: [
      "FROM debian:12\nWORKDIR /app\n",
      'FROM debian:12\nWORKDIR "/app"\n',
      "FROM debian:12\nWORKDIR $HOME\n",
      "FROM mcr.microsoft.com/windows:ltsc2022\nWORKDIR C:\\\\app\n",
    ],
  },
});
