import { all, any, cap, device, hardening, kernel, not, told, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Writing physical memory.
 *
 * Needs all of: /dev/mem or /dev/kmem, CAP_SYS_RAWIO in the first user namespace, a kernel that has the device and does
 * not restrict it. Not enough on most distributions: CONFIG_STRICT_DEVMEM leaves only the memory of devices.
 */
export const devMem = technique({
  id: "dev-mem",
  attack: ["T1611"],
  severity: "critical",
  title: { en: "The host's physical memory can be written", ja: "ホストの物理メモリに書き込める" },
  explanation: {
    en: "/dev/mem is the memory of the whole machine as one file. Where the kernel does not restrict it, writing there changes the running kernel. CAP_SYS_RAWIO is needed besides the node. Most distributions build kernels with STRICT_DEVMEM, which leaves only the memory of devices, and lockdown closes it altogether.",
    ja: "/dev/mem はマシン全体のメモリを一つのファイルとして見せる。カーネルが制限していなければ、書込みによって動作中のカーネルを改変できる。ノードに加えて CAP_SYS_RAWIO が要る。多くのディストリビューションは STRICT_DEVMEM でデバイスのメモリだけに制限しており、lockdown は完全に塞ぐ。",
  },
  basis: "documented",
  needs: all(
    device("mem", "w"),
    cap("SYS_RAWIO"),
    userns.host,
    not(hardening.lockdown),
    any(told("host.devmem-unrestricted", "no"), all(kernel.option("DEVMEM"), not(kernel.option("STRICT_DEVMEM")))),
  ),
  gains: ["kernel-code"],
  examples: {
    open: [
      {
        line: "docker run --cap-add SYS_RAWIO --device /dev/mem busybox",
        host: { facts: { "host.devmem-unrestricted": "yes" } },
      },
    ],
    possible: [
      "docker run --cap-add SYS_RAWIO --device /dev/mem busybox",
      { line: "docker run --cap-add SYS_RAWIO --device /dev/mem busybox", host: { kconfig: ["DEVMEM"] } },
    ],
    closed: [
      "docker run --device /dev/mem busybox",
      "docker run --cap-add SYS_RAWIO busybox",
      {
        line: "docker run --cap-add SYS_RAWIO --device /dev/mem busybox",
        host: { kconfig: ["DEVMEM", "STRICT_DEVMEM"] },
      },
      { line: "docker run --cap-add SYS_RAWIO --device /dev/mem busybox", host: { lockdown: "integrity" } },
    ],
  },
});
