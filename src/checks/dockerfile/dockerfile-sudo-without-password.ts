import { dockerfileCheck } from "./dockerfile-check.ts";
import { everyInstruction } from "./instructions.ts";

/** sudo without a password is set up. */
export const dockerfileSudoWithoutPassword = dockerfileCheck({
  id: "dockerfile-sudo-without-password",
  severity: "medium",
  title: { en: "sudo without a password is set up", ja: "パスワードなしの sudo が設定される" },
  explanation: {
    en: "With NOPASSWD in sudoers every process of that user can become root in the container: USER protects nothing then, unless no-new-privileges is set.",
    ja: "sudoers に NOPASSWD があると、そのユーザのどのプロセスもコンテナの root になれます。no-new-privileges がなければ USER は何も守りません。",
  },
  aliases: {},
  find: (file) =>
    everyInstruction(file)
      .filter(
        ({ keyword, commands, words }) =>
          keyword === "RUN" &&
          [...commands.flatMap((command) => command.words), ...words].some((word) => word.includes("NOPASSWD")),
      )
      .map(({ place }) => ({ place })),
  examples: {
    flagged: ['FROM debian:12\nRUN echo "app ALL=(ALL) NOPASSWD:ALL" > /etc/sudoers.d/app\n'],
    clean: ["FROM debian:12\nRUN echo 'app ALL=(ALL) ALL' > /etc/sudoers.d/app\n"],
  },
});
