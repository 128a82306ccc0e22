import { all, any, cap, hostuid0, kernel, lsm, mount, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Registering a binary format for the host.
 *
 * Not enough: a writable /proc/sys. The container's procfs holds only the empty mount point of binfmt_misc; the file system
 * itself is mounted on the host's procfs. Since Linux 6.7 every user namespace has its own table, which is harmless.
 */
export const binfmtMisc = technique({
  id: "binfmt-misc",
  attack: ["T1611", "T1546"],
  severity: "critical",
  title: {
    en: "A handler for programs of the host can be registered",
    ja: "ホストの実行ファイルにハンドラを登録できる",
  },
  explanation: {
    en: "binfmt_misc names an interpreter for files with a given beginning, for the whole host and as whoever starts such a file. With the flag F the interpreter is opened at once, so it may lie in the container. It takes mounting that file system as CAP_SYS_ADMIN, or a writable bind of the host's.",
    ja: "binfmt_misc は、特定の先頭バイトを持つファイルのインタプリタをホスト全体に登録し、起動した人の権限で動かす。F フラグなら登録時に開かれるため、インタプリタはコンテナ内にあってよい。CAP_SYS_ADMIN でこのファイルシステムをマウントするか、ホストのものが書込み可能でバインドされている必要がある。",
  },
  basis: "measured",
  needs: all(
    any(
      all(
        cap("SYS_ADMIN"),
        any(
          all(seccomp.allows("mount"), lsm.allows("mount")),
          all(seccomp.allows("fsopen"), lsm.allows("detached-mount")),
        ),
      ),
      all(mount.rw("/proc/sys/fs/binfmt_misc/register"), lsm.allows("file-host")),
    ),
    hostuid0,
    userns.host,
    kernel.option("BINFMT_MISC"),
  ),
  gains: ["host-root"],
  examples: {
    open: [
      "docker run --cap-add SYS_ADMIN busybox",
      "docker run -v /proc/sys/fs/binfmt_misc:/binfmt busybox",
      "docker run -v /proc:/host/proc busybox",
    ],
    possible: [{ line: "docker run --cap-add SYS_ADMIN busybox", host: { apparmor: true } }],
    closed: [
      "docker run --security-opt systempaths=unconfined busybox",
      "docker run -v /proc/sys/fs/binfmt_misc:/binfmt:ro busybox",
      "docker run --cap-add SYS_ADMIN --user 1000:1000 busybox",
    ],
  },
});
