import { andThen, leavesCache } from "./commands.ts";
import { dockerfileCheck } from "./dockerfile-check.ts";

/** zypper leaves its cache in the layer. */
export const dockerfileZypperCache = dockerfileCheck({
  id: "dockerfile-zypper-cache",
  severity: "info",
  title: { en: "zypper leaves its cache in the layer", ja: "zypper のキャッシュがレイヤに残る" },
  explanation: {
    en: "End the step with zypper clean.",
    ja: "手順を zypper clean で終えてください。",
  },
  aliases: { trivy: ["DS-0020"], hadolint: ["DL3036"] },
  find: (file) => leavesCache(file, "zypper"),
  fix: (text) => andThen(text, "zypper clean --all"),
  examples: {
    flagged: ["FROM fedora:40\nRUN zypper install -y x\n"],
    clean: [
      "FROM fedora:40\nRUN zypper install -y x && zypper clean\n",
      "FROM fedora:40\nRUN zypper install -y x && rm -rf /var/cache/zypper\n",
    ],
  },
});
