import { dockerfileCheck } from "./dockerfile-check.ts";
import { runsDownload } from "./downloads.ts";
import { everyInstruction } from "./instructions.ts";

/** What the web answers is run unseen. */
export const dockerfilePipeToShell = dockerfileCheck({
  id: "dockerfile-pipe-to-shell",
  severity: "medium",
  title: { en: "What the web answers is run unseen", ja: "Web から得た物をそのまま実行する" },
  explanation: {
    en: "A download that goes straight into an interpreter runs whatever the server, or whoever stands between, sends at build time. Download, check a digest, then run.",
    ja: "ダウンロードした物を直接インタプリタに渡すと、ビルド時にサーバや経路上の者が送った物が実行されます。保存し、ダイジェストを確かめてから実行してください。",
  },
  aliases: {},
  find: (file) =>
    everyInstruction(file)
      .filter(({ keyword, commands }) => keyword === "RUN" && runsDownload(commands))
      .map(({ place }) => ({ place })),
  examples: {
    flagged: [
      "FROM debian:12\nRUN curl -fsSL https://get.example.org | sh\n",
      "FROM debian:12\nRUN wget -qO- https://x.example.org/i | tee /tmp/i | bash -s -- -y\n",
      'FROM debian:12\nRUN bash -c "$(curl -fsSL https://x.example.org)"\n',
      "FROM debian:12\nRUN bash <(curl -s https://x.example.org/i.sh)\n",
      "FROM debian:12\nRUN curl https://x.example.org/i.py | python3 -\n",
    ],
    clean: [
      "FROM debian:12\nRUN curl -fsSL https://x.example.org/key | gpg --dearmor -o /k\n",
      "FROM debian:12\nRUN curl -o i.sh https://x.example.org/i.sh && echo abc i.sh | sha256sum -c && sh i.sh\n",
      "FROM debian:12\nRUN cat list | sh\n",
    ],
  },
});
