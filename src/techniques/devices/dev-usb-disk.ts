import { all, device, hostuid0, told } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Writing an attached USB disk past its driver.
 *
 * Not enough: the bus alone. A disk has to be attached, which only somebody who knows the host can tell.
 */
export const devUsbDisk = technique({
  id: "dev-usb-disk",
  attack: ["T1200", "T1006"],
  severity: "medium",
  title: { en: "An attached USB disk can be written", ja: "接続された USB ディスクに書き込める" },
  explanation: {
    en: "A USB disk answers plain read and write requests on the bus. Root with the bus nodes detaches the kernel's storage driver and sends them itself, so that neither mounts nor file permissions stand in the way. If backups or the system itself live on such a disk, they are open.",
    ja: "USB ディスクは、バス上の単純な読書き要求に応答する。バスのノードを持つ root は、カーネルのストレージドライバを切り離して自ら要求を送れるため、マウントもファイルの権限も妨げにならない。バックアップやシステム自体がそのディスクにあれば、すべて開かれている。",
  },
  basis: "reasoned",
  needs: all(device("usb", "w"), hostuid0, told("host.usb-disk")),
  gains: ["host-file-write(usb disk)"],
  examples: {
    open: [{ line: "docker run --device /dev/bus/usb busybox", host: { facts: { "host.usb-disk": "yes" } } }],
    possible: ["docker run --device /dev/bus/usb busybox"],
    closed: [
      { line: "docker run --device /dev/bus/usb busybox", host: { facts: { "host.usb-disk": "no" } } },
      "docker run --device /dev/ttyUSB0 busybox",
      "docker run --user 1000 --device /dev/bus/usb busybox",
    ],
  },
});
