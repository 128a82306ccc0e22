import { config, not } from "../facts/index.ts";
import { check } from "./check.ts";

/** The default capabilities are kept. Hardening, and a habit that costs little: most services run with none. */
export const capabilitiesKept = check({
  id: "capabilities-kept",
  severity: "info",
  title: { en: "The default capabilities are not dropped", ja: "既定のケーパビリティが残っている" },
  explanation: {
    en: "Docker's default set has fourteen capabilities, among them raw sockets, device nodes and changing of owners. Most services need none of them once they listen on a high port. Drop all of them, and add back what fails. Where some are dropped already, nothing is reported.",
    ja: "Docker の既定の集合には、raw ソケット、デバイスノードの作成、所有者の変更など 14 個のケーパビリティがある。高い番号のポートで待ち受けるサービスの多くは、どれも必要としない。すべて外したうえで、失敗したものだけを戻すとよい。一部でも外してあれば報告しない。",
  },
  needs: not(config.capabilitiesDropped),
  field: "HostConfig.CapDrop",
  remedy: {
    summary: { en: "Drop all capabilities and add back those that are needed", ja: "すべて外し、必要なものだけを戻す" },
    edit: "HostConfig.CapDrop+=ALL",
  },
  aliases: { kics: ["container_capabilities_unrestricted", "ce76b7d0-9e77-464d-b86f-c5c48e03e22d"] },
  examples: {
    flagged: ["docker run -d busybox", "docker run --cap-add NET_ADMIN busybox"],
    clean: [
      "docker run --cap-drop ALL busybox",
      "docker run --cap-drop NET_RAW busybox",
      "docker run --cap-drop ALL --cap-add NET_BIND_SERVICE busybox",
    ],
  },
});
