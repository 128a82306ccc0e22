import { dockerfileCheck } from "./dockerfile-check.ts";
import { flagged } from "./instructions.ts";

/** A build step may use an SSH agent. */
export const dockerfileSshMount = dockerfileCheck({
  id: "dockerfile-ssh-mount",
  severity: "info",
  title: { en: "A build step may use an SSH agent", ja: "ビルド手順が SSH エージェントを使える" },
  explanation: {
    en: "RUN --mount=type=ssh lends the step the agent of whoever builds. What the step runs, or downloads and runs, may log in with those keys while it lasts. Pin what it runs.",
    ja: "RUN --mount=type=ssh は、ビルドする人のエージェントを手順に貸します。手順が実行する物は、その間その鍵でログインできます。実行する物を固定してください。",
  },
  aliases: {},
  find: (file) => flagged(file, "RUN", ({ name, value }) => name === "mount" && /(?:^|,)type=ssh(?:,|$)/.test(value)),
  examples: {
    flagged: ["FROM alpine:3.20\nRUN --mount=type=ssh git clone git@git.example.org:a/b\n"],
    clean: ["FROM alpine:3.20\nRUN --mount=type=cache,target=/c id\n"],
  },
});
