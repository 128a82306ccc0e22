import { all, cap, kernel, lsm, mount, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Watching the host's file system with fanotify.
 *
 * Needs all of: CAP_SYS_ADMIN in the first user namespace, fanotify_init past seccomp, a kernel with fanotify. Setting
 * the mark was measured; no event was read.
 */
export const fanotifyFilesystemMark = technique({
  id: "fanotify-filesystem-mark",
  attack: ["T1611", "T1005"],
  severity: "high",
  title: { en: "Files that the host opens can be watched and read", ja: "ホストが開くファイルを監視して読める" },
  explanation: {
    en: "CAP_SYS_ADMIN in the first user namespace may put a fanotify mark on a whole file system. Every event then brings an open descriptor of the file that some process of the host just used. The file behind /etc/hosts is enough to name the host's file system, and AppArmor has no say in it.",
    ja: "最初のユーザ名前空間の CAP_SYS_ADMIN があれば、fanotify の監視をファイルシステム全体に設定できる。以後のイベントには、ホストのプロセスが使ったファイルの開いた記述子が付いてくる。対象の指定は /etc/hosts の実体だけで足り、AppArmor はこれに関与しない。",
  },
  basis: "measured",
  needs: all(
    cap("SYS_ADMIN"),
    userns.host,
    seccomp.allows("fanotify_init"),
    kernel.option("FANOTIFY"),
    mount.anyHostFs,
    lsm.allows("file-host"),
  ),
  gains: ["host-file-read(accessed)", "host-info-leak"],
  examples: {
    open: [
      "docker run --cap-add SYS_ADMIN busybox",
      { line: "docker run --cap-add SYS_ADMIN busybox", host: { apparmor: true } },
    ],
    closed: [
      "docker run busybox",
      { line: "docker run --cap-add SYS_ADMIN busybox", host: { usernsRemap: true } },
      "docker run -u 20000:20000 --cap-add SYS_ADMIN busybox",
    ],
  },
});
