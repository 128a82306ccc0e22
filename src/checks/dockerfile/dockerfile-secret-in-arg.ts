import { dockerfileCheck } from "./dockerfile-check.ts";
import { everyInstruction } from "./instructions.ts";
import { isSecret, isSecretName } from "./secrets.ts";

/** A build argument carries a secret. */
export const dockerfileSecretInArg = dockerfileCheck({
  id: "dockerfile-secret-in-arg",
  severity: "low",
  title: { en: "A build argument carries a secret", ja: "ビルド引数が秘密を運ぶ" },
  explanation: {
    en: "Build arguments stand in the history of the image: whoever pulls it reads them. Use RUN --mount=type=secret.",
    ja: "ビルド引数はイメージの履歴に残り、取得した者が読めます。RUN --mount=type=secret を使ってください。",
  },
  aliases: { "cis-docker-1.6.0": ["4.10"], trivy: ["DS-0031"] },
  find: (file) =>
    everyInstruction(file)
      .filter(
        ({ keyword, pairs }) =>
          keyword === "ARG" &&
          pairs.some(({ name, value }) => (value === undefined ? isSecretName(name) : isSecret(name, value))),
      )
      .map(({ place }) => ({ place })),
  examples: {
    flagged: ["FROM alpine:3.20\nARG NPM_TOKEN\n", "FROM alpine:3.20\nARG DB_PASSWORD=x1\n"],
    clean: [
      "FROM alpine:3.20\nARG VERSION=1\n",
      "FROM alpine:3.20\nARG PUBLIC_KEY_ID\n",
      "FROM alpine:3.20\nARG API_TOKEN_FILE=/t\n",
    ],
  },
});
