import { config, not } from "../facts/index.ts";
import { check } from "./check.ts";

/** The default capabilities are kept. Hardening, and a habit that costs little: most services run with none. */
export const capabilitiesKept = check({
  id: "capabilities-kept",
  severity: "info",
  title: { en: "The default capabilities are not dropped", ja: "既定のケーパビリティが残っている" },
  explanation: {
    en: "Docker's default set has fourteen capabilities, among them raw sockets, device nodes and changing of owners. Most services need none of them once they listen on a high port. Drop all of them, and add back what fails.",
    ja: "Docker の既定の集合には、raw ソケット、デバイスノードの作成、所有者の変更など 14 個のケーパビリティがある。高い番号のポートで待ち受けるサービスの多くは、どれも必要としない。すべて外したうえで、失敗したものだけを戻すとよい。",
  },
  needs: not(config.capabilitiesAllDropped),
  field: "HostConfig.CapDrop",
  remedy: {
    summary: { en: "Drop all capabilities and add back those that are needed", ja: "すべて外し、必要なものだけを戻す" },
    edit: "HostConfig.CapDrop+=ALL",
  },
  examples: {
    flagged: ["docker run -d busybox", "docker run --cap-drop NET_RAW busybox"],
    clean: ["docker run --cap-drop ALL busybox", "docker run --cap-drop ALL --cap-add NET_BIND_SERVICE busybox"],
  },
});
