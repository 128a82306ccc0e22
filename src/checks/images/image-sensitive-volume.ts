import { imageCheck } from "./image-check.ts";

/** A volume of the image covers a directory of the system. */
export const imageSensitiveVolume = imageCheck({
  id: "image-sensitive-volume",
  severity: "low",
  title: {
    en: "A volume of the image covers a directory of the system",
    ja: "イメージのボリュームがシステムのディレクトリを覆う",
  },
  explanation: {
    en: "A volume on a system directory is writable even when the root file system is read-only, and shared with whoever mounts the same volume.",
    ja: "システムのディレクトリへのボリュームは、ルートファイルシステムが読み取り専用でも書き込め、同じボリュームをマウントする者と共有されます。",
  },
  aliases: {},
  find: ({ volumes }) =>
    volumes.some((path) =>
      /^\/+(?:$|(?:etc|boot|proc|sys|dev|s?bin|lib|lib64|usr|root|run)(?:\/|$)|var\/run(?:\/|$))/.test(path),
    )
      ? ["Config.Volumes"]
      : [],
  examples: {
    flagged: [{ Volumes: { "/etc": {} } }, { Volumes: { "/data": {}, "/var/run/": {} } }],
    clean: [{ Volumes: { "/data": {} } }, { Volumes: { "/etcetera": {} } }],
  },
});
