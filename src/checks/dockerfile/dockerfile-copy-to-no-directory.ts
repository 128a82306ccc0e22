import { dockerfileCheck } from "./dockerfile-check.ts";
import { everyInstruction } from "./instructions.ts";

/** Several files are copied to what is no directory. */
export const dockerfileCopyToNoDirectory = dockerfileCheck({
  id: "dockerfile-copy-to-no-directory",
  severity: "info",
  title: { en: "Several files are copied to what is no directory", ja: "複数のファイルの写し先がディレクトリでない" },
  explanation: {
    en: "With more than one source the last argument must end with /; the build fails otherwise.",
    ja: "元が複数のとき、最後の引数は / で終わる必要があります。",
  },
  aliases: { trivy: ["DS-0011"], hadolint: ["DL3021"] },
  find: (file) =>
    everyInstruction(file)
      .filter(
        ({ keyword, words }) =>
          keyword === "COPY" &&
          words.length > 2 &&
          !words.some((word) => word.startsWith("<<")) &&
          !/(?:\/|^\.{1,2}|\$\{?\w+\}?)$/.test(words.at(-1) ?? ""),
      )
      .map(({ place }) => ({ place })),
  fix: (text) => text.replace(/[\w.-](?=(?:"\s*\])?\s*$)/, "$&/"),
  examples: {
    flagged: ["FROM debian:12\nCOPY a b c\n"],
    clean: ["FROM debian:12\nCOPY a b c/\n", "FROM debian:12\nCOPY a b .\n", "FROM debian:12\nCOPY a b\n"],
  },
});
