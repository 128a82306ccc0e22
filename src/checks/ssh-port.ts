import { config } from "../facts/index.ts";
import { check } from "./check.ts";

/** The container offers SSH. A login service needs accounts, keys and updates of its own. */
export const sshPort = check({
  id: "ssh-port",
  severity: "info",
  title: { en: "The container offers a port for SSH", ja: "コンテナが SSH のポートを提供している" },
  explanation: {
    en: "An SSH server in a container is a second way in, with accounts and keys that nobody rotates. docker exec gives a shell without it, and is subject to the same rules as the rest of the API. A container whose purpose is SSH, such as a Git server, is the exception.",
    ja: "コンテナ内の SSH サーバは第二の入口であり、そのアカウントや鍵は更新されないままになりやすい。シェルが必要なら docker exec で足り、API の他の操作と同じ規則で制御できる。Git サーバのように SSH が目的のコンテナは例外である。",
  },
  needs: config.sshPort,
  field: "Config.ExposedPorts",
  remedy: {
    summary: { en: "Use docker exec instead of an SSH server", ja: "SSH サーバの代わりに docker exec を使う" },
  },
  aliases: { "cis-docker-1.6.0": ["5.7"] },
  examples: {
    flagged: ["docker run -p 2222:22 busybox", "docker run --expose 22 busybox"],
    clean: ["docker run -p 22:8022 busybox", "docker run -p 2222:2222 busybox"],
  },
});
