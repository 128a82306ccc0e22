import { all, hostuid0, kernel, lsm, not, proc, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Setting kernel.core_pattern on a writable /proc/sys.
 *
 * Whether it is writable is decided by ReadonlyPaths: absent means the engine's list, empty means none. The word
 * systempaths exists in the command line and in Compose only. That the program must lie on a path of the host is no
 * condition: /proc/PID/root names the container's files wherever the storage driver puts them.
 */
export const corePatternProcsys = technique({
  id: "core-pattern-procsys",
  attack: ["T1611"],
  severity: "critical",
  title: { en: "The program for core dumps can be set", ja: "コアダンプ処理プログラムを指定できる" },
  explanation: {
    en: "Where /proc/sys is writable, user 0 writes a program into kernel.core_pattern, and the kernel starts it as root on the host at the next crash. No capability is needed. docker-default refuses the write; a user namespace does too, because the setting belongs to the host's root.",
    ja: "/proc/sys に書き込めれば、uid 0 は kernel.core_pattern にプログラムを書け、次のクラッシュのときカーネルがそれをホストの root として起動する。ケーパビリティは要らない。docker-default はこの書込みを拒否し、ユーザ名前空間でもホストの root の設定なので書けない。",
  },
  basis: "measured",
  needs: all(
    proc.sysWritable,
    hostuid0,
    userns.host,
    lsm.allows("proc-write"),
    not(kernel.option("STATIC_USERMODEHELPER")),
  ),
  gains: ["host-root"],
  examples: {
    open: [
      "docker run --security-opt systempaths=unconfined busybox",
      "docker run --security-opt systempaths=unconfined --cap-drop ALL busybox",
      "docker run --privileged busybox",
    ],
    closed: [
      "docker run --cap-drop ALL busybox",
      { line: "docker run --security-opt systempaths=unconfined busybox", host: { apparmor: true } },
      "docker run --security-opt systempaths=unconfined --user 1000:1000 busybox",
    ],
  },
});
