import { all, device, hostuid0 } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Talking to every device on the USB bus.
 *
 * What the bus gives for certain is more of the kernel to attack. Whether a disk is attached is a technique of its own:
 * dev-usb-disk.
 */
export const devUsbBus = technique({
  id: "dev-usb-bus",
  attack: ["T1200"],
  severity: "low",
  title: { en: "Every device on the USB bus can be driven", ja: "USB バス上の全デバイスを操作できる" },
  explanation: {
    en: "The nodes below /dev/bus/usb let root send any request to any USB device and take devices away from their drivers. The kernel's USB code is not written for a hostile process on this side. Passing the one device that is needed, by its own node, is enough for nearly every image.",
    ja: "/dev/bus/usb 以下のノードがあれば、root は任意の USB デバイスに任意の要求を送り、ドライバからデバイスを取り上げられる。カーネルの USB 処理は、こちら側のプロセスに悪意があることを想定していない。ほとんどのイメージでは、必要なデバイスのノードを一つ渡せば足りる。",
  },
  basis: "documented",
  needs: all(device("usb", "w"), hostuid0),
  gains: ["kernel-attack-surface"],
  examples: {
    open: [
      "docker run --device /dev/bus/usb busybox",
      "docker run --cap-drop ALL --device /dev/bus/usb/001/004 busybox",
    ],
    closed: [
      "docker run --device /dev/ttyUSB0 busybox",
      "docker run -v /dev/bus/usb:/dev/bus/usb busybox",
      "docker run --user 1000 --device /dev/bus/usb busybox",
    ],
  },
});
