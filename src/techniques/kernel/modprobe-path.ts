import { all, any, hostuid0, kernel, lsm, modules, mount, not, proc, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Setting kernel.modprobe. The file does not exist in kernels without modules. */
export const modprobePath = technique({
  id: "modprobe-path",
  attack: ["T1611"],
  severity: "critical",
  title: { en: "The program that loads modules can be set", ja: "モジュールを読み込むプログラムを指定できる" },
  explanation: {
    en: "kernel.modprobe names the program that the kernel starts as root when it meets an unknown protocol or file format, which any user can make it do. User 0 may write it wherever /proc/sys is writable or the host's /proc is bound; docker-default covers the first only.",
    ja: "kernel.modprobe は、未知のプロトコルや実行形式に出会ったカーネルが root として起動するプログラムを指す。その状況は誰でも作れる。/proc/sys に書き込めるか、ホストの /proc が書込み可能でバインドされていれば、uid 0 が書き換えられる。docker-default が防ぐのは前者だけである。",
  },
  basis: "documented",
  needs: all(
    any(
      all(proc.sysWritable, lsm.allows("proc-write")),
      all(mount.rw("/proc/sys/kernel/modprobe"), lsm.allows("file-host")),
    ),
    hostuid0,
    userns.host,
    modules,
    not(kernel.option("STATIC_USERMODEHELPER")),
  ),
  gains: ["host-root"],
  examples: {
    open: [
      "docker run --security-opt systempaths=unconfined busybox",
      { line: "docker run -v /proc:/host/proc busybox", host: { apparmor: true } },
    ],
    closed: [
      "docker run -v /proc:/host/proc:ro busybox",
      { line: "docker run --security-opt systempaths=unconfined busybox", host: { apparmor: true } },
      { line: "docker run --security-opt systempaths=unconfined busybox", host: { modules: false } },
    ],
  },
});
