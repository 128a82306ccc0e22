import { imageCheck } from "./image-check.ts";

/** The image offers an SSH server. */
export const imageSshPort = imageCheck({
  id: "image-ssh-port",
  severity: "low",
  title: { en: "The image offers an SSH server", ja: "SSH サーバを公開するイメージの設定" },
  explanation: {
    en: "A login inside a container is one more account to guard. The engine opens shells with docker exec.",
    ja: "コンテナ内へのログインは、守るべき入口をもう 1 つ増やします。シェルは docker exec で開けます。",
  },
  aliases: { "cis-docker-1.6.0": ["5.7"], trivy: ["DS-0004"], checkov: ["CKV_DOCKER_1"] },
  find: ({ exposedPorts }) =>
    exposedPorts.some((port) => /^22(?:\/tcp)?$/i.test(port)) ? ["Config.ExposedPorts"] : [],
  examples: {
    flagged: [{ ExposedPorts: { "22/tcp": {} } }],
    clean: [{ ExposedPorts: { "2222/tcp": {} } }, { ExposedPorts: { "22/udp": {} } }],
  },
});
