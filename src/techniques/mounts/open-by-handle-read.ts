import { all, any, cap, lsm, mount, onHost, seccomp, told, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Opening files of the host by handle (known as shocker).
 *
 * Needs all of: CAP_DAC_READ_SEARCH in the first user namespace, the call past seccomp, and some mount of the file
 * system that holds the host's root. Handles do not leave their file system: a data root on its own disk shrinks the
 * reach to that disk.
 */
export const openByHandleRead = technique({
  id: "open-by-handle-read",
  attack: ["T1611", "T1552.001"],
  severity: "critical",
  title: {
    en: "Any file of the host's disk can be opened by its handle",
    ja: "ホストのディスクの任意のファイルをハンドルで開ける",
  },
  explanation: {
    en: "open_by_handle_at opens a file by its number on a file system and ignores directories and mounts on the way. CAP_DAC_READ_SEARCH alone allows it, and the default seccomp profile lets the call through as soon as that capability is added. /etc/hosts of every container lies on the file system of the data root, usually the host's root.",
    ja: "open_by_handle_at は、途中のディレクトリやマウントを無視し、ファイルシステム上の番号でファイルを開く。CAP_DAC_READ_SEARCH だけで使え、これを追加すると既定の seccomp もこの呼出しを通す。どのコンテナの /etc/hosts もデータルートのファイルシステム上にあり、それは普通ホストのルートと同じである。",
  },
  basis: "documented",
  needs: all(
    cap("DAC_READ_SEARCH"),
    userns.host,
    seccomp.allows("open_by_handle_at"),
    mount.anyHostFs,
    any(onHost.dataRootOnRootFs, mount.any("/etc"), all(mount.bound, told("host.bound-on-root-fs"))),
    lsm.allows("file-host"),
  ),
  gains: ["host-file-read(*)"],
  examples: {
    open: [
      "docker run --cap-add DAC_READ_SEARCH busybox",
      { line: "docker run --cap-add DAC_READ_SEARCH busybox", host: { apparmor: true } },
      "docker run --privileged --read-only busybox",
    ],
    possible: [
      { line: "docker run --cap-add DAC_READ_SEARCH -v /srv:/srv busybox", host: { dataRootOnRootFs: false } },
    ],
    closed: [
      "docker run busybox",
      "docker run -u 20000:20000 --cap-add DAC_READ_SEARCH busybox",
      { line: "docker run --cap-add DAC_READ_SEARCH busybox", host: { usernsRemap: true } },
      { line: "docker run --cap-add DAC_READ_SEARCH busybox", host: { dataRootOnRootFs: false } },
    ],
  },
});
