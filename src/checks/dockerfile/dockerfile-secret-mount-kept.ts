import { dockerfileCheck } from "./dockerfile-check.ts";
import { everyInstruction } from "./instructions.ts";
import { keepsSecret, targetsOf } from "./secrets.ts";

/** A build secret is written into the image. */
export const dockerfileSecretMountKept = dockerfileCheck({
  id: "dockerfile-secret-mount-kept",
  severity: "medium",
  title: { en: "A build secret is written into the image", ja: "ビルドの秘密がイメージに書き込まれる" },
  explanation: {
    en: "A secret that is mounted for one step stays out of the image only as long as the step does not copy it. This step copies it into a file or the environment of a layer.",
    ja: "手順にマウントした秘密は、手順が写さない限りイメージに残りません。この手順は秘密をファイルに写しています。",
  },
  aliases: { "cis-docker-1.6.0": ["4.10"] },
  find: (file) =>
    everyInstruction(file)
      .filter(
        ({ keyword, flags }) =>
          keyword === "RUN" &&
          flags.some(({ name, value }) => name === "mount" && /(?:^|,)type=secret(?:,|$)/.test(value)),
      )
      .filter(({ commands, flags }) => commands.some(({ words }) => keepsSecret(words, targetsOf(flags))))
      .map(({ place }) => ({ place })),
  examples: {
    flagged: [
      "FROM alpine:3.20\nRUN --mount=type=secret,id=npm cp /run/secrets/npm /root/.npmrc\n",
      "FROM alpine:3.20\nRUN --mount=type=secret,id=t cat /run/secrets/t > /etc/token\n",
    ],
    clean: [
      "FROM alpine:3.20\nRUN --mount=type=secret,id=npm,target=/root/.npmrc npm ci\n",
      "FROM alpine:3.20\nRUN --mount=type=secret,id=t TOKEN=$(cat /run/secrets/t) ./fetch\n",
    ],
  },
});
