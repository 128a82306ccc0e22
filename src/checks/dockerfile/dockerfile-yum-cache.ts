import { andThen, leavesCache } from "./commands.ts";
import { dockerfileCheck } from "./dockerfile-check.ts";

/** yum leaves its cache in the layer. */
export const dockerfileYumCache = dockerfileCheck({
  id: "dockerfile-yum-cache",
  severity: "info",
  title: { en: "yum leaves its cache in the layer", ja: "yum のキャッシュがレイヤに残る" },
  explanation: {
    en: "End the step with yum clean all.",
    ja: "手順を yum clean all で終えてください。",
  },
  aliases: { trivy: ["DS-0015"], hadolint: ["DL3032"] },
  find: (file) => leavesCache(file, "yum"),
  fix: (text) => andThen(text, "yum clean all"),
  examples: {
    flagged: ["FROM fedora:40\nRUN yum install -y x\n"],
    clean: [
      "FROM fedora:40\nRUN yum install -y x && yum clean all\n",
      "FROM fedora:40\nRUN yum install -y x && rm -rf /var/cache/yum\n",
    ],
  },
});
