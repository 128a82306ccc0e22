import { dockerfileCheck } from "./dockerfile-check.ts";
import { unpacksOrFetches } from "./downloads.ts";
import { everyInstruction } from "./instructions.ts";

/** ADD where COPY does. */
export const dockerfileAddInsteadOfCopy = dockerfileCheck({
  id: "dockerfile-add-instead-of-copy",
  severity: "info",
  title: { en: "ADD where COPY does", ja: "COPY で足りるところの ADD" },
  explanation: {
    en: "ADD unpacks archives and fetches addresses, so what it does depends on what the file is. COPY copies.",
    ja: "ADD はアーカイブを展開し URL を取得するため、動作がファイル次第になります。COPY は写すだけです。",
  },
  aliases: { "cis-docker-1.6.0": ["4.9"], trivy: ["DS-0005"], checkov: ["CKV_DOCKER_4"], hadolint: ["DL3020"] },
  find: (file) =>
    everyInstruction(file)
      .filter(({ keyword, words }) => keyword === "ADD" && words.slice(0, -1).some((word) => !unpacksOrFetches(word)))
      .map(({ place }) => ({ place })),
  fix: (text) =>
    /--(?:checksum|keep-git-dir|unpack)\b/i.test(text) ||
    text
      .split(/[\s"',[\]]+/)
      .slice(1, -1)
      .some((word) => word !== "" && unpacksOrFetches(word))
      ? undefined
      : text.replace(/^ADD\b/, "COPY").replace(/^add\b/i, "copy"),
  examples: {
    flagged: ["FROM alpine:3.20\nADD app.jar /app.jar\n", 'FROM alpine:3.20\nADD ["a.txt", "/a"]\n'],
    clean: [
      "FROM alpine:3.20\nCOPY app.jar /app.jar\n",
      "FROM alpine:3.20\nADD rootfs.tar.xz /\n",
      "FROM alpine:3.20\nADD https://x.example.org/a /a\n",
      "FROM alpine:3.20\nADD git@git.example.org:a/b.git /b\n",
    ],
  },
});
