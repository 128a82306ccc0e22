import { dockerfileCheck } from "./dockerfile-check.ts";
import { everyInstruction } from "./instructions.ts";

/** A VOLUME covers a directory of the system. */
export const dockerfileSensitiveVolume = dockerfileCheck({
  id: "dockerfile-sensitive-volume",
  severity: "low",
  title: { en: "A VOLUME covers a directory of the system", ja: "VOLUME がシステムのディレクトリを覆う" },
  explanation: {
    en: "A VOLUME on a system directory is writable for the container and shared with whoever mounts the same volume, past a read-only root file system.",
    ja: "システムのディレクトリへの VOLUME は、ルートファイルシステムが読み取り専用でも書き込め、同じボリュームをマウントする者と共有されます。",
  },
  aliases: {},
  find: (file) =>
    everyInstruction(file)
      .filter(
        ({ keyword, words }) =>
          keyword === "VOLUME" &&
          words.some((word) =>
            /^\/(?:$|(?:etc|boot|proc|sys|dev|bin|sbin|lib|lib64|usr|root)(?:\/|$)|var\/run(?:\/|$)|run(?:\/|$))/.test(
              word,
            ),
          ),
      )
      .map(({ place }) => ({ place })),
  examples: {
    flagged: ["FROM alpine:3.20\nVOLUME /etc\n", 'FROM alpine:3.20\nVOLUME ["/data", "/root"]\n'],
    clean: ["FROM alpine:3.20\nVOLUME /data\n", "FROM alpine:3.20\nVOLUME /etcetera\n"],
  },
});
