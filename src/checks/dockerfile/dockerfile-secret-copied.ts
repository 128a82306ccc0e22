import { dockerfileCheck } from "./dockerfile-check.ts";
import { isCredentialFile } from "./secrets.ts";
import { lastStages } from "./stages.ts";

/** A private key or credentials file is copied in. */
export const dockerfileSecretCopied = dockerfileCheck({
  id: "dockerfile-secret-copied",
  severity: "medium",
  title: { en: "A private key or credentials file is copied in", ja: "秘密鍵や認証情報のファイルが写される" },
  explanation: {
    en: "A file that is copied stays in its layer for whoever pulls the image, even when a later step removes it.",
    ja: "写したファイルは、後の手順で消しても、イメージを取得した者のためにレイヤに残ります。",
  },
  aliases: { "cis-docker-1.6.0": ["4.10"] },
  find: (file) =>
    lastStages(file)
      .flatMap(({ instructions }) => instructions)
      .filter(
        ({ keyword, words, flags }) =>
          ["COPY", "ADD"].includes(keyword) &&
          !flags.some(({ name }) => name === "from") &&
          words.slice(0, -1).some(isCredentialFile),
      )
      .map(({ place }) => ({ place })),
  examples: {
    flagged: [
      "FROM alpine:3.20\nCOPY id_rsa /root/.ssh/id_rsa\n",
      "FROM alpine:3.20\nCOPY .aws/credentials /root/.aws/credentials\n",
    ],
    clean: [
      "FROM alpine:3.20\nCOPY id_rsa.pub /root/.ssh/authorized_keys\n",
      "FROM alpine:3.20 AS b\nCOPY id_rsa /k\nFROM alpine:3.20\nCOPY --from=b /out /out\n",
    ],
  },
});
