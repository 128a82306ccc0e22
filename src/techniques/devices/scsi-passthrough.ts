import { all, cap, device, onHost, told, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Sending raw commands to a disk that was given for reading.
 *
 * With CAP_SYS_RAWIO the kernel no longer filters SG_IO by how the node was opened (scsi_cmd_allowed,
 * drivers/scsi/scsi_ioctl.c). Not enough: a virtio or NVMe disk, which has no such command or demands more; and the
 * capability without a disk.
 */
export const scsiPassthrough = technique({
  id: "scsi-passthrough",
  attack: ["T1006"],
  severity: "high",
  title: {
    en: "Raw SCSI commands write a disk that is only readable",
    ja: "読取り専用で渡したディスクに SCSI コマンドで書き込める",
  },
  explanation: {
    en: "Giving a disk with `:r` keeps its node from being opened for writing. SG_IO sends commands of the disk's own language instead, and CAP_SYS_RAWIO switches off the filter that would refuse a write through a node opened for reading. It works for SCSI and SATA disks; virtio and NVMe disks do not take such commands.",
    ja: "ディスクを `:r` で渡せば、ノードを書込み用には開けない。しかし SG_IO はディスク自身の命令を直接送り、CAP_SYS_RAWIO は、読取り用に開いたノードからの書込み命令を拒むフィルタを無効にする。SCSI や SATA のディスクで成り立ち、virtio や NVMe のディスクはこの命令を受け付けない。",
  },
  basis: "read-in-source",
  needs: all(cap("SYS_RAWIO"), device("block", "r"), userns.host, onHost.rootOnLocalBlock, told("host.scsi-disk")),
  gains: ["host-file-write(*)", "host-file-read(*)"],
  examples: {
    open: [
      {
        line: "docker run --cap-add SYS_RAWIO --device /dev/sda:/dev/sda:r busybox",
        host: { facts: { "host.scsi-disk": "yes" } },
      },
    ],
    possible: ["docker run --cap-add SYS_RAWIO --device /dev/sda:/dev/sda:r busybox"],
    closed: [
      "docker run --device /dev/sda:/dev/sda:r busybox",
      "docker run --cap-add SYS_RAWIO busybox",
      {
        line: "docker run --cap-add SYS_RAWIO --device /dev/vda:/dev/vda:r busybox",
        host: { facts: { "host.scsi-disk": "no" } },
      },
    ],
  },
});
