import { all, any, cap, hardening, kernel, lsm, mount, not, proc, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Reading the kernel's memory through /proc/kcore.
 *
 * Needs all of: CAP_SYS_RAWIO in the first user namespace, the file in sight. Integrity lockdown leaves it readable: the
 * kernel lists it among the things that only confidentiality forbids (LOCKDOWN_KCORE in include/linux/security.h).
 */
export const procKcore = technique({
  id: "proc-kcore",
  attack: ["T1003", "T1611"],
  severity: "high",
  title: { en: "The kernel's memory can be read", ja: "カーネルのメモリを読める" },
  explanation: {
    en: "/proc/kcore is the memory of the kernel, and with it that of every process, as a file. The engine masks it; where the mask is off, or the host's /proc is bound, CAP_SYS_RAWIO opens it. docker-default refuses the file under /proc but not under another name, and only the confidentiality mode of lockdown closes it.",
    ja: "/proc/kcore はカーネルの、したがって全プロセスのメモリをファイルとして見せる。エンジンはこれを隠すが、マスクが外れているかホストの /proc がバインドされていれば、CAP_SYS_RAWIO で開ける。docker-default は /proc の下のこのファイルだけを拒否する。lockdown では confidentiality モードだけが閉じる。",
  },
  basis: "documented",
  needs: all(
    cap("SYS_RAWIO"),
    userns.host,
    any(all(proc.unmasked("kcore"), lsm.allows("kernel-read")), all(mount.any("/proc/kcore"), lsm.allows("file-host"))),
    not(hardening.lockdownConfidentiality),
    kernel.option("PROC_KCORE"),
  ),
  gains: ["host-memory-read"],
  examples: {
    open: [
      "docker run --cap-add SYS_RAWIO --security-opt systempaths=unconfined busybox",
      "docker run --cap-add SYS_RAWIO -v /proc:/host/proc:ro busybox",
      "docker run --privileged busybox",
    ],
    closed: [
      "docker run --cap-add SYS_RAWIO busybox",
      "docker run --security-opt systempaths=unconfined busybox",
      {
        line: "docker run --cap-add SYS_RAWIO --security-opt systempaths=unconfined busybox",
        host: { apparmor: true },
      },
    ],
  },
});
