import { isSecret } from "../dockerfile/index.ts";
import { imageCheck } from "./image-check.ts";

/** A secret stands in the image's configuration. */
export const imageSecretInEnv = imageCheck({
  id: "image-secret-in-env",
  severity: "medium",
  title: { en: "A secret stands in the image's configuration", ja: "秘密がイメージの設定にある" },
  explanation: {
    en: "Whoever has the image has the value, and every process of every container inherits it. Replace the secret, and hand the new one over at run time.",
    ja: "イメージを持つ者は値も持ち、すべてのコンテナの全プロセスに引き継がれます。秘密を取り替え、新しいものは実行時に渡してください。",
  },
  aliases: { "cis-docker-1.6.0": ["4.10"], trivy: ["DS-0031"] },
  find: ({ env }) =>
    env.flatMap((entry, index) => {
      const [name = "", ...value] = entry.split("=");
      return isSecret(name, value.join("=")) ? [`Config.Env[${index}]`] : [];
    }),
  examples: {
    flagged: [{ Env: ["PATH=/bin", "DB_PASSWORD=hunter2"] }, { Env: ["A=AKIAIOSFODNN7EXAMPLE"] }],
    clean: [{ Env: ["DB_PASSWORD_FILE=/run/secrets/db"] }, { Env: ["DB_PASSWORD="] }],
  },
});
