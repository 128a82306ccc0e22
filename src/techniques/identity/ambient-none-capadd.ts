import { all, config, userDeclaredNonRoot } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** CapAdd for a user other than root: leads nowhere by itself. */
export const ambientNoneCapadd = technique({
  id: "ambient-none-capadd",
  attack: ["T1548"],
  severity: "info",
  title: { en: "Added capabilities that the user cannot use", ja: "そのユーザが使えないケーパビリティを追加している" },
  explanation: {
    en: "The engine sets no ambient capabilities, so what CapAdd names is out of reach for a process that is not root. It is waste at best: a setuid file would bring it to life, and the default filter opens system calls for it.",
    ja: "エンジンは ambient ケーパビリティを設定しないため、CapAdd の内容は root でないプロセスには使えない。よくて無駄であり、setuid ファイルがあれば有効になり、既定のフィルタもその分だけシステムコールを開く。",
  },
  basis: "measured",
  needs: all(config.capabilitiesAdded, userDeclaredNonRoot),
  gains: [],
  examples: {
    open: ["docker run --user 1000:1000 --cap-add NET_ADMIN busybox"],
    closed: ["docker run --cap-add NET_ADMIN busybox", "docker run --user 1000:1000 busybox"],
  },
});
