import { commandIs, commandsOf } from "./commands.ts";
import { dockerfileCheck } from "./dockerfile-check.ts";

/** A file is given capabilities. */
export const dockerfileFileCapabilities = dockerfileCheck({
  id: "dockerfile-file-capabilities",
  severity: "low",
  title: { en: "A file is given capabilities", ja: "ファイルに権限(capability)が与えられる" },
  explanation: {
    en: "Whoever runs the file has its capabilities, as far as the container has them in its bounding set and no-new-privileges is not set. Give as few as possible.",
    ja: "ファイルを実行する者は、コンテナの bounding set にあり no-new-privileges がない限り、その権限を持ちます。最小限にしてください。",
  },
  aliases: {},
  find: (file) => commandsOf(file, ({ words }) => commandIs(words, "setcap") && !words.includes("-r")),
  examples: {
    flagged: ["FROM alpine:3.20\nRUN setcap cap_net_raw+ep /bin/ping\n"],
    clean: ["FROM alpine:3.20\nRUN setcap -r /bin/ping\n", "FROM alpine:3.20\nRUN getcap /bin/ping\n"],
  },
});
