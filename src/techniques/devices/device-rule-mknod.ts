import { all, any, cap, diskRule, hostuid0, imageDeviceNodes, userns } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/**
 * Making a node for a disk that the device cgroup allows.
 *
 * Needs all of: the rule, a node, the host's root as its owner. The node needs a place without nodev; the container's /dev
 * is one, also below a read-only root.
 */
export const deviceRuleMknod = technique({
  id: "device-rule-mknod",
  attack: ["T1611"],
  severity: "critical",
  title: { en: "A device rule and mknod open the host's disks", ja: "デバイス規則と mknod でホストのディスクを開ける" },
  explanation: {
    en: "A device cgroup rule that covers disks only lacks a node, and CAP_MKNOD, which is a default, makes one. Dropping it is not enough: an image may bring nodes along, and an engine in the host's user namespace unpacks them.",
    ja: "ディスクを許すデバイス cgroup 規則に足りないのはノードだけで、既定で付く CAP_MKNOD で作れる。これを落とすだけでは不十分で、ノードを含むイメージがあり、ホストのユーザ名前空間で動くエンジンはそれを展開する。",
  },
  basis: "measured",
  needs: all(diskRule, any(cap("MKNOD"), imageDeviceNodes), hostuid0, userns.host),
  gains: ["raw-block-device"],
  examples: {
    open: [{ line: "docker run --device-cgroup-rule 'b 8:* rwm' busybox", host: { apparmor: true } }],
    possible: ["docker run --device-cgroup-rule 'b *:* rwm' --cap-drop ALL busybox"],
    closed: [
      "docker run busybox",
      "docker run --device-cgroup-rule 'c 189:* rmw' busybox",
      "docker run --device-cgroup-rule 'b 8:* rwm' --user 1000:1000 busybox",
    ],
  },
});
