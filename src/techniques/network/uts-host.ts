import { all, cap, ns, seccomp, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Changing the host's name.
 *
 * Not enough: the UTS namespace alone. sethostname asks for CAP_SYS_ADMIN in the namespace's owner.
 */
export const utsHost = technique({
  id: "uts-host",
  attack: ["T1565"],
  severity: "low",
  title: { en: "The host's name can be changed", ja: "ホスト名を変更できる" },
  explanation: {
    en: "Containers that share the host's UTS namespace see its name, and with CAP_SYS_ADMIN they set it. Programs that find themselves or their cluster by host name are then confused. Without the capability, sharing the namespace has no effect beyond showing the name.",
    ja: "ホストの UTS 名前空間を共有するコンテナにはホスト名が見え、CAP_SYS_ADMIN があれば変更もできる。ホスト名で自身やクラスタを識別するプログラムは混乱する。ケーパビリティがなければ、名前が見えるだけである。",
  },
  basis: "documented",
  needs: all(ns.uts.host, cap("SYS_ADMIN"), userns.host, seccomp.allows("sethostname")),
  gains: ["host-dos"],
  examples: {
    open: ["docker run --uts host --cap-add SYS_ADMIN busybox"],
    closed: [
      "docker run --uts host busybox",
      "docker run --cap-add SYS_ADMIN busybox",
      "docker run --hostname web busybox",
    ],
  },
});
