import { commandsMatching } from "./commands.ts";
import { imageCheck } from "./image-check.ts";

/** The image's command talks to an engine. */
export const imageEngineClient = imageCheck({
  id: "image-engine-client",
  severity: "medium",
  title: { en: "The image's command talks to an engine", ja: "エンジンと通信するイメージ" },
  explanation: {
    en: "The command names an engine's socket or the docker client. Such an image is made to be given the engine, and whoever has the engine has the host. Put a gate before the socket.",
    ja: "コマンドにエンジンのソケットか docker クライアントが書かれています。エンジンを渡される前提のイメージで、エンジンを持つ者はホストを持ちます。ソケットの前にゲートを置いてください。",
  },
  aliases: {},
  find: (image) =>
    commandsMatching(
      image,
      /\b(?:docker|containerd|crio|podman)\.sock\b/,
      /(?:^|[\s/"';&|])(?:docker|podman|nerdctl)\s+(?:run|exec|create|build|ps|compose|-H|--host)\b/,
    ),
  examples: {
    flagged: [{ Cmd: ["--docker", "unix:///var/run/docker.sock"] }, { Cmd: ["sh", "-c", "docker run alpine"] }],
    clean: [{ Cmd: ["docker-entrypoint.sh", "run"] }, { Cmd: ["--socket", "/run/app.sock"] }],
  },
});
