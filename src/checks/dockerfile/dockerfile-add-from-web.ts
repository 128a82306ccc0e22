import { dockerfileCheck } from "./dockerfile-check.ts";
import { everyInstruction } from "./instructions.ts";

/** ADD fetches from the web without a checksum. */
export const dockerfileAddFromWeb = dockerfileCheck({
  id: "dockerfile-add-from-web",
  severity: "low",
  title: { en: "ADD fetches from the web without a checksum", ja: "ADD がチェックサムなしで Web から取得する" },
  explanation: {
    en: "What the address answers on the day of the build becomes part of the image. Give ADD a --checksum, or download and check in a RUN.",
    ja: "ビルドの日にその場所が返した物が、そのままイメージになります。ADD に --checksum を付けるか、RUN で取得して確かめてください。",
  },
  aliases: { checkov: ["CKV_DOCKER_4"], hadolint: ["DL3020"] },
  find: (file) =>
    everyInstruction(file)
      .filter(
        ({ keyword, words, flags }) =>
          keyword === "ADD" &&
          words.slice(0, -1).some((word) => /^https?:\/\//i.test(word)) &&
          !flags.some(({ name }) => name === "checksum"),
      )
      .map(({ place }) => ({ place })),
  examples: {
    flagged: ["FROM alpine:3.20\nADD https://x.example.org/a /a\n"],
    clean: [
      "FROM alpine:3.20\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://x.example.org/a /a\n",
      "FROM alpine:3.20\nADD a.tar.gz /a\n",
    ],
  },
});
