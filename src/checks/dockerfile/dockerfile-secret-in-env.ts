import { dockerfileCheck } from "./dockerfile-check.ts";
import { everyInstruction } from "./instructions.ts";
import { isSecret } from "./secrets.ts";

/** A secret stands in the image's environment. */
export const dockerfileSecretInEnv = dockerfileCheck({
  id: "dockerfile-secret-in-env",
  severity: "medium",
  title: { en: "A secret stands in the image's environment", ja: "秘密がイメージの環境変数にある" },
  explanation: {
    en: "Whoever has the image has the value: it stands in the configuration and its history, and every process of every container inherits it. Mount a secret at build time, hand it over at run time.",
    ja: "イメージを持つ者は値も持ちます。設定と履歴に残り、すべてのコンテナの全プロセスに引き継がれます。ビルド時はシークレットのマウント、実行時は外から渡してください。",
  },
  aliases: { "cis-docker-1.6.0": ["4.10"], trivy: ["DS-0031"] },
  find: (file) =>
    everyInstruction(file)
      .filter(({ keyword, pairs }) => keyword === "ENV" && pairs.some(({ name, value }) => isSecret(name, value ?? "")))
      .map(({ place }) => ({ place })),
  examples: {
    flagged: [
      "FROM alpine:3.20\nENV DB_PASSWORD=hunter2\n",
      "FROM alpine:3.20\nENV API_TOKEN abcdef\n",
      "FROM alpine:3.20\nENV A=AKIAIOSFODNN7EXAMPLE\n",
    ],
    clean: [
      "FROM alpine:3.20\nENV DB_PASSWORD_FILE=/run/secrets/db\n",
      "FROM alpine:3.20\nENV DB_PASSWORD=\n",
      "FROM alpine:3.20\nENV DB_PASSWORD=$FROM_ARG\n",
      "FROM alpine:3.20\nENV TOKENIZERS_PARALLELISM=false\n",
    ],
  },
});
