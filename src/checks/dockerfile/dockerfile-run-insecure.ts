import { dockerfileCheck } from "./dockerfile-check.ts";
import { flagged } from "./instructions.ts";

/** A build step runs privileged. */
export const dockerfileRunInsecure = dockerfileCheck({
  id: "dockerfile-run-insecure",
  severity: "high",
  title: { en: "A build step runs privileged", ja: "ビルド手順が特権で実行される" },
  explanation: {
    en: "RUN --security=insecure gives the step what a privileged container has: whoever can change the Dockerfile or what it downloads has root on the build host. It works only where the builder allows security.insecure.",
    ja: "RUN --security=insecure の手順は特権コンテナと同じ権限を持ちます。Dockerfile やそこで取得する物を変えられる者は、ビルドホストの root になります。ビルダーが security.insecure を許すときだけ動きます。",
  },
  aliases: {},
  find: (file) => flagged(file, "RUN", ({ name, value }) => name === "security" && value === "insecure"),
  fix: (text) => text.replace(/\s--security=insecure(?=\s)/, ""),
  examples: {
    flagged: ["# syntax=docker/dockerfile:1-labs\nFROM alpine:3.20\nRUN --security=insecure mount\nUSER a\n"],
    clean: ["FROM alpine:3.20\nRUN --security=sandbox id\n"],
  },
});
