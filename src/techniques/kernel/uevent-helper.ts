import { all, any, hostuid0, kernel, lsm, mount, not, sys, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Setting the helper for device events, in kernels that still have CONFIG_UEVENT_HELPER. */
export const ueventHelper = technique({
  id: "uevent-helper",
  attack: ["T1611"],
  severity: "critical",
  title: { en: "The program for device events can be set", ja: "デバイスイベントのプログラムを指定できる" },
  explanation: {
    en: "/sys/kernel/uevent_helper names a program that the kernel starts as root for every device event. Most kernels are built without it now, so check that the file exists. A privileged container can write it, and so can user 0 through a writable bind of /sys, which docker-default's path rules do not cover.",
    ja: "/sys/kernel/uevent_helper は、デバイスイベントごとにカーネルが root として起動するプログラムを指す。今のカーネルの多くは無効にしているので、ファイルの有無を確かめること。privileged のコンテナのほか、/sys が書込み可能でバインドされていれば uid 0 が書ける。docker-default のパス規則はバインド先には効かない。",
  },
  basis: "documented",
  needs: all(
    any(
      all(sys.writable, lsm.allows("sys-write")),
      all(mount.rw("/sys/kernel/uevent_helper"), lsm.allows("file-host")),
    ),
    hostuid0,
    userns.host,
    kernel.option("UEVENT_HELPER"),
    not(kernel.option("STATIC_USERMODEHELPER")),
  ),
  gains: ["host-root"],
  examples: {
    open: [{ line: "docker run -v /sys:/host/sys busybox", host: { kconfig: ["UEVENT_HELPER"] } }],
    possible: ["docker run -v /sys:/host/sys busybox", "docker run --privileged busybox"],
    closed: [
      "docker run -v /sys:/host/sys:ro busybox",
      { line: "docker run -v /sys:/host/sys busybox", host: { kconfig: [] } },
      "docker run busybox",
    ],
  },
});
