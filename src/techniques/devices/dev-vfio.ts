import { all, cap, device, told, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Driving a device that no IOMMU holds back.
 *
 * Needs all of: a group of /dev/vfio, the no-IOMMU mode, CAP_SYS_RAWIO (vfio_group_fops_open, drivers/vfio/group.c).
 * Not enough: a group behind an IOMMU, whose device reaches only the memory that was mapped for it.
 */
export const devVfio = technique({
  id: "dev-vfio",
  attack: ["T1611"],
  severity: "high",
  title: { en: "A device reaches the host's memory through vfio", ja: "vfio 経由でデバイスがホストのメモリに届く" },
  explanation: {
    en: "vfio hands a whole device to the container. Behind an IOMMU the device only reaches memory that was given to it. In no-IOMMU mode it reads and writes all memory of the host, the kernel's included; for that mode the kernel demands CAP_SYS_RAWIO as well.",
    ja: "vfio はデバイスを丸ごとコンテナに渡す。IOMMU があれば、デバイスが届くのは割り当てられたメモリだけである。no-IOMMU モードではカーネルを含むホストの全メモリを読み書きできるが、このモードではカーネルが CAP_SYS_RAWIO も要求する。",
  },
  basis: "read-in-source",
  needs: all(device("vfio", "w"), cap("SYS_RAWIO"), userns.host, told("host.vfio-noiommu")),
  gains: ["kernel-code"],
  examples: {
    open: [
      {
        line: "docker run --cap-add SYS_RAWIO --device /dev/vfio/noiommu-0 busybox",
        host: { facts: { "host.vfio-noiommu": "yes" } },
      },
    ],
    possible: ["docker run --cap-add SYS_RAWIO --device /dev/vfio/12 busybox"],
    closed: [
      "docker run --device /dev/vfio/12 busybox",
      "docker run --cap-add SYS_RAWIO busybox",
      {
        line: "docker run --cap-add SYS_RAWIO --device /dev/vfio/12 busybox",
        host: { facts: { "host.vfio-noiommu": "no" } },
      },
    ],
  },
});
