import { dockerfileCheck } from "./dockerfile-check.ts";
import { finalUser, isRoot, lastStage } from "./stages.ts";

/** The image runs as root. */
export const dockerfileUserRoot = dockerfileCheck({
  id: "dockerfile-user-root",
  severity: "low",
  title: { en: "The image runs as root", ja: "イメージが root で動く" },
  explanation: {
    en: "Without a USER in the last stage the container starts as root, and most ways out of a container need root. Create a user and end with USER.",
    ja: "最後のステージに USER がないと、コンテナは root で始まります。脱出の手口の多くは root を必要とします。ユーザを作り、USER で終えてください。",
  },
  aliases: {
    "cis-docker-1.6.0": ["4.1"],
    trivy: ["DS-0002"],
    checkov: ["CKV_DOCKER_3", "CKV_DOCKER_8"],
    hadolint: ["DL3002"],
  },
  find: (file) => {
    const { stage, user } = finalUser(file);
    if (stage === undefined) {
      return [];
    }
    if (user === undefined) {
      const image = stage.image ?? "";
      // Such images name their own user; what they hold is not known from here.
      return /nonroot|rootless/i.test(image)
        ? []
        : [{ place: lastStage(file).from.place, certainty: image === "scratch" ? "yes" : "possible" }];
    }
    const name = user.name.split(":")[0] ?? "";
    return name === "unknown"
      ? [{ place: user.place, certainty: "possible" }]
      : isRoot(name)
        ? [{ place: user.place }]
        : [];
  },
  fix: "end-with-user",
  examples: {
    flagged: [
      "FROM debian:12\nRUN id\n",
      "FROM debian:12\nUSER app\nUSER root\n",
      "FROM debian:12\nUSER 0:0\n",
      "FROM debian:12\nARG WHO=root\nUSER $WHO\n",
      "FROM debian:12 AS base\nUSER app\nFROM debian:12\nCOPY --from=base /x /x\n",
      "FROM debian:12\nARG WHO\nUSER $WHO\n",
    ],
    clean: [
      "FROM debian:12\nUSER app\n",
      "FROM debian:12\nUSER root\nRUN id\nUSER 1000:1000\n",
      "FROM debian:12 AS base\nUSER app\nFROM base\nRUN id\n",
      "FROM gcr.io/distroless/static:nonroot\n",
      "FROM debian:12\nARG WHO=app\nUSER $WHO:$WHO\n",
    ],
  },
});
