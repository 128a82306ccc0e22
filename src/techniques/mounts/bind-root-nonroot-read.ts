import { all, any, lsm, mount } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Directories that describe a host. /run and /proc have techniques of their own; /sys every container has anyway. */
const PATHS = ["/etc", "/home", "/var/log", "/var/lib"];

/**
 * Files of the host that everybody may read.
 *
 * Needs: a bound host directory that says much of its host. It holds for every user: root reads at least as much, and
 * more through the other binds.
 */
export const bindRootNonrootRead = technique({
  id: "bind-root-nonroot-read",
  attack: ["T1083", "T1552.001"],
  severity: "medium",
  title: {
    en: "Anyone in the container can read the host's public files",
    ja: "コンテナ内の誰でもホストの公開ファイルを読める",
  },
  explanation: {
    en: "Most files of /etc, /var and unprotected homes may be read by everybody on a Linux host, and a container with such a directory bound counts as everybody. Accounts, configuration, package lists and careless passwords are among them. Running as another user changes nothing.",
    ja: "Linux では /etc、/var、保護されていないホームの多くのファイルを誰でも読める。そうしたディレクトリをバインドしたコンテナもその「誰でも」に入る。アカウント、設定、パッケージ一覧、不用意に置かれたパスワードが含まれる。実行ユーザを変えても変わらない。",
  },
  basis: "reasoned",
  needs: all(any(...PATHS.map(mount.any)), lsm.allows("file-host")),
  gains: ["host-info-leak"],
  aliases: { "cis-docker-1.6.0": ["5.6"] },
  examples: {
    open: ["docker run -u 20000:20000 -v /:/host:ro busybox", "docker run -u 20000:20000 -v /etc:/host/etc:ro busybox"],
    closed: [
      "docker run -u 20000:20000 -v /srv:/srv:ro busybox",
      "docker run -v /etc/localtime:/etc/localtime:ro busybox",
      { line: "docker run -u 20000:20000 -v /etc:/mnt:ro busybox", host: { selinux: true, engineSelinux: true } },
    ],
  },
});
