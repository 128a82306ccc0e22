import { any, config } from "../facts/index.ts";
import { check } from "./check.ts";

/** The container is started again without end, whatever made it stop. */
export const restartUnbounded = check({
  id: "restart-unbounded",
  severity: "info",
  title: { en: "The container is restarted without end", ja: "際限なく再起動される" },
  explanation: {
    en: "A container that fails at once is started again and again, which hides the reason and wears on the host; one that was broken into comes back as well. `on-failure` with a count stops after some attempts. For services that must come back after a reboot of the host, accept this finding.",
    ja: "起動直後に失敗するコンテナが何度も起動され、原因が隠れてホストの負担にもなる。侵入されたコンテナも戻ってくる。`on-failure` に回数を付ければ、何度かで止まる。ホストの再起動後に自動で戻す必要があるサービスでは、この指摘を受け入れてよい。",
  },
  needs: any(config.restartForever, config.restartOnFailureOften),
  field: "HostConfig.RestartPolicy",
  remedy: {
    summary: { en: "Restart on failure, at most five times", ja: "失敗時のみ、最大 5 回まで再起動する" },
    edit: 'HostConfig.RestartPolicy={"Name":"on-failure","MaximumRetryCount":5}',
  },
  aliases: { "cis-docker-1.6.0": ["5.15"], kics: ["restart_policy_on_failure_not_set_to_5"] },
  examples: {
    flagged: [
      "docker run --restart always busybox",
      "docker run --restart on-failure:6 busybox",
      "docker run --restart unless-stopped busybox",
    ],
    clean: [
      "docker run -d busybox",
      "docker run --restart on-failure:3 busybox",
      "docker run --restart on-failure:5 busybox",
    ],
  },
});
