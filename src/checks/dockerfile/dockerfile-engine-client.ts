import { commandsOf, installs } from "./commands.ts";
import { dockerfileCheck } from "./dockerfile-check.ts";
import { everyInstruction } from "./instructions.ts";

/** The image brings a client of the container engine. */
export const dockerfileEngineClient = dockerfileCheck({
  id: "dockerfile-engine-client",
  severity: "info",
  title: { en: "The image brings a client of the container engine", ja: "コンテナエンジンのクライアントが入る" },
  explanation: {
    en: "An image with a client expects a socket. Whoever mounts the engine's socket into it gives it the host; a gate in between gives it less.",
    ja: "クライアントの入ったイメージはソケットを期待します。エンジンのソケットをマウントすれば、ホストを渡すことになります。間に関門を置けば減らせます。",
  },
  aliases: {},
  find: (file) => [
    ...commandsOf(file, ({ words }) =>
      installs(
        words,
        /^(?:docker(?:-ce)?(?:-cli)?|docker\.io|docker-compose(?:-plugin)?|podman|nerdctl|containerd(?:\.io)?)$/,
      ),
    ),
    ...everyInstruction(file)
      .filter(
        ({ keyword, pairs, words }) =>
          (keyword === "ENV" && pairs.some(({ name }) => name === "DOCKER_HOST")) ||
          (["VOLUME", "COPY"].includes(keyword) &&
            words.some((word) => /docker\.sock$|\/usr\/(?:local\/)?bin\/docker$/.test(word))),
      )
      .map(({ place }) => ({ place })),
  ],
  examples: {
    flagged: [
      "FROM debian:12\nRUN apt-get update && apt-get install -y docker.io\n",
      "FROM alpine:3.20\nRUN apk add --no-cache docker-cli\n",
      "FROM alpine:3.20\nVOLUME /var/run/docker.sock\n",
      "FROM alpine:3.20\nCOPY --from=docker:27 /usr/local/bin/docker /usr/local/bin/docker\n",
    ],
    clean: ["FROM debian:12\nRUN apt-get install -y docker-doc\n", "FROM debian:12\nRUN echo docker.io\n"],
  },
});
