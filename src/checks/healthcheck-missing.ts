import { config, not } from "../facts/index.ts";
import { check } from "./check.ts";

/** Nobody notices when the program hangs. The image may bring a test of its own, which a configuration does not show. */
export const healthcheckMissing = check({
  id: "healthcheck-missing",
  severity: "info",
  title: { en: "The container's health is not tested", ja: "ヘルスチェックがない" },
  explanation: {
    en: "Without a test the engine only knows whether the process exists. A service that hangs, or that somebody replaced, keeps running unnoticed. An image may define a test itself; then nothing needs to be written here.",
    ja: "テストがなければ、エンジンに分かるのはプロセスの有無だけである。停止したまま応答しないサービスも、すり替えられたサービスも、気付かれずに動き続ける。イメージ側でテストが定義されていれば、ここに書く必要はない。",
  },
  needs: not(config.healthcheck),
  field: "Config.Healthcheck",
  remedy: {
    summary: {
      en: "Add a health check to the container or its image",
      ja: "コンテナかイメージにヘルスチェックを追加する",
    },
  },
  aliases: { "cis-docker-1.6.0": ["5.27"], kics: ["healthcheck_not_set", "698ed579-b239-4f8f-a388-baa4bcb13ef8"] },
  examples: {
    flagged: ["docker run -d busybox", "docker run --no-healthcheck busybox"],
    clean: ["docker run --health-cmd 'wget -q localhost' busybox"],
  },
});
