import { imageCheck } from "./image-check.ts";

/** The image's user is root. */
export const imageRunsAsRoot = imageCheck({
  id: "image-runs-as-root",
  severity: "low",
  title: { en: "The image's user is root", ja: "イメージのユーザが root" },
  explanation: {
    en: "A container of this image starts as root unless it is told another user, and most ways out of a container need root. End the Dockerfile with USER.",
    ja: "別のユーザを指定しない限り、このイメージのコンテナは root で始まります。脱出の手口の多くは root を必要とします。Dockerfile を USER で終えてください。",
  },
  aliases: { "cis-docker-1.6.0": ["4.1"], trivy: ["DS-0002"], checkov: ["CKV_DOCKER_3"], hadolint: ["DL3002"] },
  find: ({ user }) => (/^(?:root|[+]?0+)?(?::|$)/.test(user) ? ["Config.User"] : []),
  examples: {
    flagged: [{}, { User: "root" }, { User: "0:1000" }, { User: ":5" }],
    clean: [{ User: "app" }, { User: "1000:0" }, { User: "rooted" }],
  },
});
