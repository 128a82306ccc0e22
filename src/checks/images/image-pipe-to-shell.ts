import { commandsMatching } from "./commands.ts";
import { imageCheck } from "./image-check.ts";

/** The image runs what it has just downloaded. */
export const imagePipeToShell = imageCheck({
  id: "image-pipe-to-shell",
  severity: "medium",
  title: { en: "The image runs what it has just downloaded", ja: "ダウンロードしたものをそのまま実行するイメージ" },
  explanation: {
    en: "Whoever answers the download decides what runs, at every start. Put the program into the image, with its checksum verified.",
    ja: "ダウンロードに応答する者が、起動のたびに何を動かすかを決められます。プログラムはチェックサムを検証してイメージに入れてください。",
  },
  aliases: {},
  find: (image) =>
    commandsMatching(
      image,
      /\b(?:curl|wget)\b[^|;]{0,2000}\|\s*(?:sudo\s+)?(?:\/\S{1,100}\/)?(?:ba|da|a|z|k)?sh\b/,
      /\b(?:ba|da|a|z|k)?sh\s+-c\s+["']?\$\((?:curl|wget)\b/,
    ),
  examples: {
    flagged: [
      { Cmd: ["sh", "-c", "curl -s http://a.example/x | sh"] },
      { Entrypoint: ["/bin/sh", "-c", "wget -qO- a.example|/bin/bash"] },
      { OnBuild: ["RUN curl a.example | bash"] },
    ],
    clean: [
      { Cmd: ["sh", "-c", "curl -s http://a.example/x -o /x"] },
      { Healthcheck: { Test: ["CMD-SHELL", "curl -f http://localhost/ | grep ok"] } },
    ],
  },
});
