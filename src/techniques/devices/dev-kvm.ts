import { device } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Creating virtual machines with /dev/kvm.
 *
 * Not enough for an escape: a guest runs with the rights of the process that made it. What it adds is a large interface
 * of the kernel.
 */
export const devKvm = technique({
  id: "dev-kvm",
  attack: ["T1611"],
  severity: "low",
  title: { en: "Virtual machines can be created with /dev/kvm", ja: "/dev/kvm で仮想マシンを作成できる" },
  explanation: {
    en: "Whoever can open /dev/kvm talks to a large, privileged part of the kernel that a container does not otherwise reach, and can load the processor with guests. No capability is needed, because distributions let everybody open the node. It is no escape by itself: a guest has no more rights than the process that started it.",
    ja: "/dev/kvm を開ける者は、コンテナから通常届かない、特権で動く大きなカーネル機能を直接呼び出せ、ゲストで CPU に負荷をかけることもできる。ノードは誰でも開けるのが一般的で、ケーパビリティは要らない。ゲストの権限は起動したプロセスを超えないため、これだけでは脱出にならない。",
  },
  basis: "documented",
  needs: device("kvm", "w"),
  gains: ["kernel-attack-surface", "host-dos"],
  examples: {
    open: ["docker run --device /dev/kvm busybox", "docker run --user 1000 --device /dev/kvm busybox"],
    closed: ["docker run --device /dev/kvm:/dev/kvm:r busybox", "docker run -v /dev/kvm:/dev/kvm busybox"],
  },
});
