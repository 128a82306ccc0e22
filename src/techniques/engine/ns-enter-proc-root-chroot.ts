import { all, cap, gained } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * chroot into the host.
 *
 * Needs all of: writing any file of the host, and CAP_SYS_CHROOT. Without the capability the same files are still
 * written, see write-any-to-root.
 */
export const nsEnterProcRootChroot = technique({
  id: "ns-enter-proc-root-chroot",
  attack: ["T1611"],
  severity: "critical",
  title: {
    en: "The host's root directory can become the container's own",
    ja: "ホストのルートディレクトリを自分のものにできる",
  },
  explanation: {
    en: "With the host's files writable and CAP_SYS_CHROOT, a process makes the host's root directory its own and uses the host's programs and keys as they lie there. The capability is given by default and is harmless by itself.",
    ja: "ホストのファイルに書き込めて CAP_SYS_CHROOT があれば、プロセスはホストのルートディレクトリを自分のルートにし、ホストのプログラムや鍵をそのまま使える。このケーパビリティは既定で与えられ、それだけでは害がない。",
  },
  basis: "documented",
  needs: all(gained("host-file-write(*)"), cap("SYS_CHROOT")),
  gains: ["host-root"],
  examples: {
    open: ["docker run -v /:/mnt busybox"],
    closed: ["docker run --cap-drop SYS_CHROOT -v /:/mnt busybox", "docker run busybox"],
  },
});
