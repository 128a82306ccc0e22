import { all, any, lsm, mount, rootless, uid0 } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * What a bind gives under a rootless engine.
 *
 * Needs all of: a rootless engine, root inside the container, and / or a writable home bound. It is never root of the
 * host by itself.
 */
export const rootlessRootBind = technique({
  id: "rootless-root-bind",
  attack: ["T1611", "T1552.001"],
  severity: "high",
  title: {
    en: "Host files are bound under a rootless engine",
    ja: "rootless エンジンでホストのファイルがバインドされている",
  },
  explanation: {
    en: "Root in a container of a rootless engine is the account that runs the engine. A bind of / or of its home therefore gives that account's files, keys and session, from which code runs as that account. The rest of the host keeps to its file modes.",
    ja: "rootless エンジンのコンテナの root は、エンジンを動かすアカウントである。したがって / やホームのバインドからは、そのアカウントのファイル、鍵、セッションが得られ、そのアカウントとしてコードを実行できる。ホストの残りの部分はファイルのモードに守られる。",
  },
  basis: "documented",
  needs: all(rootless, uid0, any(mount.any("/"), mount.rw("/home/*")), lsm.allows("file-host")),
  gains: ["host-uid-exec", "cred-theft", "host-info-leak"],
  examples: {
    open: [
      { line: "docker run --privileged -v /:/host busybox", host: { rootless: true } },
      { line: "docker run -v /home/dev:/mnt busybox", host: { rootless: true } },
    ],
    closed: [
      "docker run --privileged -v /:/host busybox",
      { line: "docker run -v /home/dev/src:/src busybox", host: { rootless: true } },
      { line: "docker run -u 20000:20000 -v /:/host busybox", host: { rootless: true } },
    ],
  },
});
