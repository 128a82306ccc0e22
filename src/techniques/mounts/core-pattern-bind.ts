import { all, hostuid0, kernel, lsm, mount, not } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * The crash handler of the kernel, through a bind of the host's /proc.
 *
 * Needs all of: core_pattern writable by its mount, user 0 of the host, a kernel without a fixed helper. The value
 * belongs to the mount of /proc itself, so that /proc:ro closes it even where :ro is not recursive (measured), and /:ro
 * does not.
 */
export const corePatternBind = technique({
  id: "core-pattern-bind",
  attack: ["T1611"],
  severity: "critical",
  title: {
    en: "kernel.core_pattern is writable through a bind of /proc",
    ja: "/proc のバインド経由で kernel.core_pattern に書き込める",
  },
  explanation: {
    en: "core_pattern may name a program, and the kernel starts it as root of the host when any process crashes. The engine protects the container's own /proc, not a second one that is bound elsewhere, and docker-default's rules name only the former. User 0 is enough; no capability is needed.",
    ja: "core_pattern にはプログラムを指定でき、どのプロセスがクラッシュしても、カーネルはそれをホストの root として起動する。エンジンが守るのはコンテナ自身の /proc であり、別の場所にバインドした 2 つ目は守られない。docker-default の規則も前者しか指していない。uid 0 であれば足り、ケーパビリティは要らない。",
  },
  basis: "measured",
  needs: all(
    mount.rw("/proc/sys/kernel/core_pattern"),
    hostuid0,
    not(kernel.option("STATIC_USERMODEHELPER")),
    lsm.allows("file-host"),
  ),
  gains: ["host-root"],
  aliases: { "cis-docker-1.6.0": ["5.6"] },
  examples: {
    open: [
      "docker run -v /proc:/host/proc busybox",
      { line: "docker run --cap-drop ALL -v /proc:/host/proc busybox", host: { apparmor: true } },
      { line: "docker run -v /:/host:ro busybox", host: { rro: false } },
    ],
    closed: [
      "docker run -v /proc:/host/proc:ro busybox",
      { line: "docker run -v /proc:/host/proc:ro busybox", host: { rro: false } },
      "docker run -v /:/host:ro busybox",
      { line: "docker run -v /proc:/host/proc busybox", host: { usernsRemap: true } },
    ],
  },
});
