import { all, kubernetes, uid0 } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * procMount: Unmasked in a pod.
 *
 * Attack surface only: a writable /proc/sys matters with user 0 of the host, whom the required user namespace takes
 * away.
 */
export const k8sProcmountUnmasked = technique({
  id: "k8s-procmount-unmasked",
  attack: ["T1082"],
  severity: "low",
  title: { en: "The pod's /proc is unmasked", ja: "Pod の /proc のマスクが外れている" },
  explanation: {
    en: "procMount: Unmasked shows the parts of /proc that runtimes hide and leaves /proc/sys writable. Current versions accept it only with hostUsers: false, where root inside may change nothing that belongs to the host. What remains is more of the kernel within reach.",
    ja: "procMount: Unmasked は、ランタイムが隠す /proc の部分を見せ、/proc/sys を書込み可能のままにする。現行版は hostUsers: false と併用する場合にしか受け付けず、そのとき内側の root はホストに属するものを変更できない。残るのは、攻撃できるカーネルの範囲が広がることである。",
  },
  basis: "documented",
  needs: all(kubernetes.procMountUnmasked, uid0),
  gains: ["kernel-attack-surface"],
  examples: {
    open: [{ line: "docker run busybox", host: { k8s: { procMount: "Unmasked", hostUsers: false } } }],
    closed: [
      { line: "docker run busybox", host: { k8s: {} } },
      { line: "docker run -u 20000:20000 busybox", host: { k8s: { procMount: "Unmasked", hostUsers: false } } },
    ],
  },
});
