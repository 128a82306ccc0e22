import { dockerfileCheck } from "./dockerfile-check.ts";
import { exposed } from "./ports.ts";

/** The image exposes an SSH server. */
export const dockerfileSshPort = dockerfileCheck({
  id: "dockerfile-ssh-port",
  severity: "low",
  title: { en: "The image exposes an SSH server", ja: "SSH サーバを公開するイメージ" },
  explanation: {
    en: "A login inside a container is one more account to guard. The engine opens shells with docker exec.",
    ja: "コンテナ内へのログインは、守るべき入口をもう 1 つ増やします。シェルは docker exec で開けます。",
  },
  aliases: { "cis-docker-1.6.0": ["5.7"], trivy: ["DS-0004"], checkov: ["CKV_DOCKER_1"] },
  find: (file) => exposed(file, (from, to) => from <= 22 && 22 <= to),
  fix: (text) => {
    const left = text.replace(/\s22(?:\/\w+)?(?=\s|$)/g, "");
    return /^\w+\s*$/.test(left) ? "" : left;
  },
  examples: {
    flagged: [
      "FROM alpine:3.20\nEXPOSE 22\n",
      "FROM alpine:3.20\nEXPOSE 80 22/tcp\n",
      "FROM alpine:3.20\nEXPOSE 20-25\n",
    ],
    clean: ["FROM alpine:3.20\nEXPOSE 2222\n", "FROM alpine:3.20\nEXPOSE $PORT\n"],
  },
});
