import { config } from "../facts/index.ts";
import { check } from "./check.ts";

/** The image is named without a version. What was audited need not be what runs tomorrow. */
export const imageLatest = check({
  id: "image-latest",
  severity: "info",
  title: { en: "The image is not pinned to a version", ja: "イメージのバージョンが固定されていない" },
  explanation: {
    en: "`latest`, written or left out, is whatever the registry hands out at the next pull. A version says what should run; a digest says exactly what does, and a stolen registry account cannot change it.",
    ja: "`latest` は、明記していても省略していても、次に pull したときにレジストリが返すものになる。バージョンを書けば動かすべきものが決まり、ダイジェストを書けば動くものが正確に決まり、レジストリのアカウントが奪われても変えられない。",
  },
  needs: config.tagLatest,
  field: "Config.Image",
  remedy: { summary: { en: "Name a version, or better a digest", ja: "バージョンか、できればダイジェストを指定する" } },
  examples: {
    flagged: ["docker run nginx", "docker run nginx:latest", "docker run registry.example:5000/nginx"],
    clean: [
      "docker run nginx:1.29",
      "docker run nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    ],
  },
});
