import { installsAnything, updates } from "./commands.ts";
import { dockerfileCheck } from "./dockerfile-check.ts";
import { everyInstruction } from "./instructions.ts";

/** A package index is updated in a step of its own. */
export const dockerfileUpdateAlone = dockerfileCheck({
  id: "dockerfile-update-alone",
  severity: "info",
  title: { en: "A package index is updated in a step of its own", ja: "パッケージの索引だけを更新する手順" },
  explanation: {
    en: "The layer is cached: a later build installs from an old index, with old faults. Update and install in one RUN.",
    ja: "このレイヤはキャッシュされ、後のビルドが古い索引から古い欠陥ごと導入します。更新と導入を 1 つの RUN にしてください。",
  },
  aliases: { "cis-docker-1.6.0": ["4.7"], trivy: ["DS-0017"], checkov: ["CKV_DOCKER_5"], hadolint: ["DL3009"] },
  find: (file) =>
    everyInstruction(file)
      .filter(
        ({ keyword, commands }) =>
          keyword === "RUN" &&
          commands.some(({ words }) => updates(words)) &&
          !commands.some(({ words }) => installsAnything(words)),
      )
      .map(({ place }) => ({ place })),
  examples: {
    flagged: ["FROM debian:12\nRUN apt-get update\n", "FROM alpine:3.20\nRUN apk update\n"],
    clean: [
      "FROM debian:12\nRUN apt-get update && apt-get install -y x\n",
      "FROM debian:12\nRUN apt-get install -y x\n",
      "FROM node:22\nRUN npm update\n",
    ],
  },
});
