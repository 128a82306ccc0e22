import { commandIs, commandsOf } from "./commands.ts";
import { dockerfileCheck } from "./dockerfile-check.ts";
import { everyInstruction } from "./instructions.ts";
import { modesOf, setsId } from "./modes.ts";

/** A setuid or setgid file is made. */
export const dockerfileSetuid = dockerfileCheck({
  id: "dockerfile-setuid",
  severity: "medium",
  title: { en: "A setuid or setgid file is made", ja: "setuid または setgid のファイルが作られる" },
  explanation: {
    en: "A setuid file lets any user of the container run it as its owner. With one, a USER that is not root protects little unless no-new-privileges is set. Use file capabilities for what is needed, or none.",
    ja: "setuid のファイルは、コンテナのどのユーザからも所有者として実行できます。no-new-privileges がなければ、root でない USER の意味は薄れます。",
  },
  aliases: { "cis-docker-1.6.0": ["4.8"] },
  find: (file) => [
    ...commandsOf(file, ({ words }) => commandIs(words, "chmod") && words.slice(1).some(setsId)),
    ...commandsOf(file, ({ words }) => commandIs(words, "install") && modesOf(words).some(setsId)),
    ...everyInstruction(file)
      .filter(
        ({ keyword, flags }) =>
          ["COPY", "ADD"].includes(keyword) && flags.some(({ name, value }) => name === "chmod" && setsId(value)),
      )
      .map(({ place }) => ({ place })),
  ],
  examples: {
    flagged: [
      "FROM alpine:3.20\nRUN chmod 4755 /bin/x\n",
      "FROM alpine:3.20\nRUN apk add x && chmod u+s /bin/x\n",
      "FROM alpine:3.20\nRUN chmod +s /bin/x\n",
      "FROM alpine:3.20\nCOPY --chmod=6755 a /a\n",
      "FROM alpine:3.20\nRUN <<EOF\nchmod 04755 /bin/x\nEOF\n",
      "FROM alpine:3.20\nRUN install -m 4755 a /bin/a\n",
    ],
    clean: [
      "FROM alpine:3.20\nRUN chmod 0755 /bin/x\n",
      "FROM alpine:3.20\nRUN chmod u-s /bin/x\n",
      "FROM alpine:3.20\nRUN chmod 1777 /scratch\n",
      "FROM alpine:3.20\nRUN find / -perm /6000 -exec chmod a-s {} +\n",
    ],
  },
});
