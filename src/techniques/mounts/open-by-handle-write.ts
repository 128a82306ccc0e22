import { all, any, cap, lsm, mount, onHost, seccomp, told, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Writing files of the host by handle.
 *
 * Needs all of: what reading by handle needs, and a writable mount of that file system. The capability is effective for
 * root only, who owns the files that matter, so that CAP_DAC_OVERRIDE is not needed besides.
 */
export const openByHandleWrite = technique({
  id: "open-by-handle-write",
  attack: ["T1611"],
  severity: "critical",
  title: {
    en: "Any file of the host's disk can be written by its handle",
    ja: "ホストのディスクの任意のファイルにハンドル経由で書き込める",
  },
  explanation: {
    en: "A file opened by handle takes its read-only flag from the mount that the call was given, and /etc/hosts of a container is writable by default. A read-only root file system makes it read-only, but any volume or writable bind brings the way back.",
    ja: "ハンドルで開いたファイルが書込み可能かどうかは、呼出しに渡したマウントのフラグで決まり、コンテナの /etc/hosts は既定で書込み可能である。読取り専用のルートファイルシステムではそれも読取り専用になるが、ボリュームや書込み可能なバインドが 1 つでもあれば元に戻る。",
  },
  basis: "read-in-source",
  needs: all(
    cap("DAC_READ_SEARCH"),
    userns.host,
    seccomp.allows("open_by_handle_at"),
    mount.rwHostFs,
    any(onHost.dataRootOnRootFs, mount.rw("/etc"), all(mount.rwHost, told("host.bound-on-root-fs"))),
    lsm.allows("file-host"),
  ),
  gains: ["host-file-write(*)"],
  examples: {
    open: [
      "docker run --cap-add DAC_READ_SEARCH busybox",
      "docker run --read-only --cap-add DAC_READ_SEARCH -v data:/data busybox",
    ],
    possible: ["docker run --read-only --cap-add DAC_READ_SEARCH busybox"],
    closed: [
      "docker run busybox",
      { line: "docker run --cap-add DAC_READ_SEARCH busybox", host: { usernsRemap: true } },
      { line: "docker run --cap-add DAC_READ_SEARCH busybox", host: { dataRootOnRootFs: false } },
    ],
  },
});
