import { all, any, device, gained, kernel, not, onHost } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Editing the file system on a raw disk.
 *
 * Needs a disk that may be written, by its node's owner and mode, or a technique that ends at one. Since Linux 6.8 a kernel
 * without CONFIG_BLK_DEV_WRITE_MOUNTED refuses to write disks that are mounted.
 */
export const rawBlockDeviceDebugfs = technique({
  id: "raw-block-device-debugfs",
  attack: ["T1611", "T1006"],
  severity: "critical",
  title: {
    en: "A disk of the host can be edited without mounting it",
    ja: "マウントせずにホストのディスクを書き換えられる",
  },
  explanation: {
    en: "Whoever opens the disk under the host's file system for reading and writing edits its files with debugfs or dd. No capability and no mount is involved, so neither a filter nor docker-default helps. Encrypted volumes, ZFS and network roots do not lie on a plain disk.",
    ja: "ホストのファイルシステムを載せたディスクを読み書きで開ければ、debugfs や dd でファイルを直接書き換えられる。ケーパビリティもマウントも使わないため、フィルタも docker-default も効かない。暗号化ボリューム、ZFS、ネットワーク上のルートは素のディスクではない。",
  },
  basis: "documented",
  needs: all(
    any(gained("raw-block-device"), all(device("block", "r"), device("block", "w"))),
    onHost.rootOnLocalBlock,
    not(kernel.option("BLK_DEV_WRITE_MOUNTED_DENIED")),
  ),
  gains: ["host-file-write(*)", "host-file-read(*)"],
  aliases: { "cis-docker-1.6.0": ["5.18"] },
  examples: {
    open: [
      "docker run --device /dev/sda1 busybox",
      { line: "docker run --device /dev/sda1 --cap-drop ALL busybox", host: { apparmor: true } },
      "docker run --device /dev/sda1 --user 1000:6 busybox",
    ],
    closed: [
      "docker run --device /dev/sda1:/dev/sda1:r busybox",
      "docker run --device /dev/sda1 --user 1000:1000 busybox",
      { line: "docker run --device /dev/sda1 busybox", host: { rootOnLocalBlock: false } },
      "docker run --device /dev/fuse busybox",
    ],
  },
});
