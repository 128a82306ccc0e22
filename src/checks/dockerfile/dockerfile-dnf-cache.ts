import { andThen, leavesCache } from "./commands.ts";
import { dockerfileCheck } from "./dockerfile-check.ts";

/** dnf leaves its cache in the layer. */
export const dockerfileDnfCache = dockerfileCheck({
  id: "dockerfile-dnf-cache",
  severity: "info",
  title: { en: "dnf leaves its cache in the layer", ja: "dnf のキャッシュがレイヤに残る" },
  explanation: {
    en: "End the step with dnf clean all.",
    ja: "手順を dnf clean all で終えてください。",
  },
  aliases: { trivy: ["DS-0019"], hadolint: ["DL3040"] },
  find: (file) => leavesCache(file, "dnf"),
  fix: (text) => andThen(text, "dnf clean all"),
  examples: {
    flagged: ["FROM fedora:40\nRUN dnf install -y x\n"],
    clean: [
      "FROM fedora:40\nRUN dnf install -y x && dnf clean all\n",
      "FROM fedora:40\nRUN dnf install -y x && rm -rf /var/cache/dnf\n",
    ],
  },
});
