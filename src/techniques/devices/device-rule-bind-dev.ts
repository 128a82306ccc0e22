import { all, any, diskRule, group, hostuid0, lsm, mount } from "../../facts/index.ts";
import { technique } from "../technique.ts";

/** Nodes of disks, where they are bound one by one. */
const DISK = /^\/dev\/((sd|vd|xvd|hd|nvme|mmcblk|dm-|md)\w*|(mapper|disk|md)(\/.*)?)$/;

/** Opening the host's own nodes where a rule allows it. Measured: without the rule, EPERM. */
export const deviceRuleBindDev = technique({
  id: "device-rule-bind-dev",
  attack: ["T1611"],
  severity: "critical",
  title: {
    en: "A device rule and a bind of /dev open the host's disks",
    ja: "デバイス規則と /dev のバインドでホストのディスクを開ける",
  },
  explanation: {
    en: "The host's /dev has a node for every disk, and the rule lets them be opened: no CAP_MKNOD is needed. Binding read-only does not help, for that concerns the file system, not the device behind a node. The bind without the rule opens nothing.",
    ja: "ホストの /dev には全ディスクのノードがあり、規則がそれを開くことを許すため、CAP_MKNOD は要らない。読取り専用のバインドも役に立たない。それはファイルシステムへの制限で、ノードの先のデバイスには及ばない。規則がなければバインドだけでは何も開けない。",
  },
  basis: "measured",
  needs: all(
    diskRule,
    any(mount.any("/dev"), mount.matching("/dev/DISK", DISK)),
    any(hostuid0, group("disk")),
    lsm.allows("file-host"),
  ),
  gains: ["raw-block-device"],
  examples: {
    open: [
      "docker run --device-cgroup-rule 'b *:* rwm' -v /dev:/host/dev:ro --cap-drop ALL busybox",
      "docker run --device-cgroup-rule 'b 8:* rwm' -v /dev/sda:/x busybox",
    ],
    closed: [
      "docker run -v /dev:/host/dev busybox",
      "docker run --device-cgroup-rule 'c 13:* rmw' -v /dev/input:/dev/input busybox",
      "docker run --device-cgroup-rule 'b 8:* rwm' -v /dev:/host/dev --user 1000:1000 busybox",
    ],
  },
});
