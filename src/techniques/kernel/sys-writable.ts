import { all, any, hostuid0, lsm, mount, sys, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Parts of sysfs whose files switch things off. A bind of /sys shows all of them. */
const PATHS = ["/sys/devices", "/sys/bus", "/sys/power", "/sys/module"];

/** Writing to sysfs. The cgroup tree below it has techniques of its own. */
export const sysWritable = technique({
  id: "sys-writable",
  attack: ["T1499"],
  severity: "medium",
  title: {
    en: "Devices and power of the host can be reconfigured through /sys",
    ja: "/sys からホストのデバイスや電源を操作できる",
  },
  explanation: {
    en: "A writable /sys unbinds drivers, removes disks and processors, and suspends the machine. A privileged container has it; so has user 0 where /sys is bound writable, and docker-default's path rules do not reach a bind.",
    ja: "/sys に書き込めれば、ドライバの切離し、ディスクや CPU の取外し、サスペンドができる。privileged のコンテナのほか、/sys が書込み可能でバインドされていれば uid 0 ができる。docker-default のパス規則はバインド先に届かない。",
  },
  basis: "measured",
  needs: all(
    any(all(sys.writable, lsm.allows("sys-write")), all(any(...PATHS.map(mount.rw)), lsm.allows("file-host"))),
    hostuid0,
    userns.host,
  ),
  gains: ["host-dos"],
  examples: {
    open: [
      "docker run --privileged busybox",
      { line: "docker run -v /sys:/host/sys busybox", host: { apparmor: true } },
    ],
    closed: [
      "docker run -v /sys:/host/sys:ro busybox",
      "docker run --privileged --user 1000:1000 busybox",
      "docker run busybox",
    ],
  },
});
