import { all, lsm, mount, rootOn } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Reading the host through a bind of /, read-only or not.
 *
 * Needs all of: / bound, and root on that mount. Recursive read-only never stops reading.
 */
export const bindRootRo = technique({
  id: "bind-root-ro",
  attack: ["T1552.001", "T1003.008"],
  severity: "high",
  title: { en: "Every file of the host can be read", ja: "ホストのすべてのファイルを読める" },
  explanation: {
    en: "Through a bind of /, root reads password hashes, private keys and the data of every service. Read-only takes away writing and nothing else. A user other than root sees only what everybody may read.",
    ja: "/ のバインドを通じて、root はパスワードハッシュ、秘密鍵、あらゆるサービスのデータを読める。読取り専用が奪うのは書込みだけである。root 以外のユーザに見えるのは、誰でも読めるファイルに限られる。",
  },
  basis: "measured",
  needs: all(mount.any("/"), rootOn("/"), lsm.allows("file-host")),
  gains: ["host-file-read(*)"],
  aliases: { "cis-docker-1.6.0": ["5.6"] },
  examples: {
    open: ["docker run -v /:/host:ro busybox", "docker run --cap-drop ALL -v /:/host:ro busybox"],
    closed: [
      "docker run -u 20000:20000 -v /:/host:ro busybox",
      "docker run -v /srv:/host:ro busybox",
      { line: "docker run -v /:/host:ro busybox", host: { selinux: true, engineSelinux: true } },
    ],
  },
});
