import { type Known, knownBoolean } from "./known.ts";
import { isUnresolved } from "./namespaces.ts";
import { cleanPath, isAtOrBelow } from "./paths.ts";
import type { Workload } from "./workload.ts";

/** Kinds of device nodes that techniques tell apart. */
export type DeviceKind =
  | "block"
  | "loop"
  | "mem"
  | "kmsg"
  | "kvm"
  | "fuse"
  | "tun"
  | "vfio"
  | "tty-host"
  | "uinput"
  | "input"
  | "msr"
  | "usb"
  | "gpu";

/**
 * Which nodes are of a kind, after Documentation/admin-guide/devices.txt of the kernel and the names that udev adds.
 * `directory`: naming a directory maps every node below it.
 */
const KINDS: Readonly<Record<DeviceKind, { readonly node: RegExp; readonly directory: readonly string[] }>> = {
  block: {
    node: /^\/dev\/((sd|vd|xvd|hd)[a-z]+\d*|nvme\d+n\d+(p\d+)?|mmcblk\d+(p\d+)?|dm-\d+|md\d+|(dasd|zd|nbd|bcache|drbd|ram)\w+|mapper\/.+|disk\/.+|md\/.+|root|block\/.+|[\w.-]+-vg\/.+|vg[\w.-]*\/.+)$/,
    directory: ["/dev/mapper", "/dev/disk", "/dev/md", "/dev/block"],
  },
  loop: { node: /^\/dev\/(loop\d+|loop-control)$/, directory: [] },
  mem: { node: /^\/dev\/(mem|kmem|port)$/, directory: [] },
  kmsg: { node: /^\/dev\/kmsg$/, directory: [] },
  kvm: { node: /^\/dev\/kvm$/, directory: [] },
  fuse: { node: /^\/dev\/fuse$/, directory: [] },
  tun: { node: /^\/dev\/net\/tun$/, directory: ["/dev/net"] },
  vfio: { node: /^\/dev\/vfio\/.+$/, directory: ["/dev/vfio"] },
  "tty-host": { node: /^\/dev\/(tty\d+|ttyS\d+|console|vcsa?\d*)$/, directory: [] },
  uinput: { node: /^\/dev\/uinput$/, directory: [] },
  input: { node: /^\/dev\/input\/.+$/, directory: ["/dev/input"] },
  msr: { node: /^\/dev\/cpu\/\d+\/msr$/, directory: ["/dev/cpu"] },
  usb: { node: /^\/dev\/bus\/usb(\/.+)?$/, directory: ["/dev/bus", "/dev/bus/usb"] },
  gpu: { node: /^\/dev\/(dri\/.+|nvidia.*|kfd)$/, directory: ["/dev/dri"] },
};

/** Kinds whose nodes every user may open on stock distributions (udev's 50-udev-default.rules and 60-persistent rules). */
const WORLD_ACCESSIBLE: ReadonlySet<DeviceKind> = new Set(["fuse", "tun", "kvm", "gpu"]);

/** Whether any user of the host may open the nodes of a kind. */
export const isWorldAccessible = (kind: DeviceKind): boolean => WORLD_ACCESSIBLE.has(kind);

/** What a container may do with a kind of device, and the field that gives it. */
export interface DeviceAccess {
  readonly read: Known;
  readonly write: Known;
  readonly from: readonly string[];
}

const NO_ACCESS: DeviceAccess = { read: "no", write: "no", from: ["HostConfig.Devices"] };

/** Access to a kind of device through `Devices` and `Privileged`; ownership of the node is not looked at. */
export function deriveDeviceAccess(workload: Workload, kind: DeviceKind, privileged: Known): DeviceAccess {
  if (privileged === "yes") {
    return { read: "yes", write: "yes", from: ["HostConfig.Privileged"] };
  }
  let access: DeviceAccess =
    privileged === "no" ? NO_ACCESS : { read: "unknown", write: "unknown", from: ["HostConfig.Privileged"] };
  workload.config.HostConfig.Devices?.forEach((device, index) => {
    const field = `HostConfig.Devices[${index}]`;
    if (isUnresolved(workload, field)) {
      access = access.read === "yes" ? access : { read: "unknown", write: "unknown", from: [field] };
      return;
    }
    if (!isKind(device.PathOnHost, kind)) {
      return;
    }
    const permissions = device.CgroupPermissions || "rwm";
    const read = knownBoolean(permissions.includes("r"));
    const write = knownBoolean(permissions.includes("w"));
    if (access.write !== "yes") {
      access = { read: read === "yes" ? "yes" : access.read, write, from: [field] };
    }
  });
  return access;
}

function isKind(path: string, kind: DeviceKind): boolean {
  const clean = cleanPath(path);
  const { node, directory } = KINDS[kind];
  // A directory maps every node below it (measured on Engine 20.10.24).
  return clean === "/dev" || node.test(clean) || directory.some((name) => clean === name || isAtOrBelow(name, clean));
}

/** Majors of disks in devices.txt; 240 to 254 are given out at boot, where virtio and device-mapper live. */
function isDiskMajor(major: number): Known {
  const certain =
    major === 3 ||
    major === 8 ||
    major === 9 ||
    major === 22 ||
    (major >= 65 && major <= 71) ||
    (major >= 128 && major <= 135);
  if (certain || major === 179 || major === 202 || major === 259 || (major >= 252 && major <= 254)) {
    return "yes";
  }
  const never = major === 1 || major === 2 || major === 7 || major === 11;
  return never ? "no" : "unknown";
}

/** Whether `DeviceCgroupRules` or `Privileged` open some disk of the host to whoever has a node for it. */
export function deriveDiskRule(workload: Workload, privileged: Known): { known: Known; from: readonly string[] } {
  if (privileged === "yes") {
    return { known: "yes", from: ["HostConfig.Privileged"] };
  }
  let best: { known: Known; from: readonly string[] } = { known: privileged, from: ["HostConfig.Privileged"] };
  workload.config.HostConfig.DeviceCgroupRules?.forEach((rule, index) => {
    const field = `HostConfig.DeviceCgroupRules[${index}]`;
    const known = isUnresolved(workload, field) ? "unknown" : opensDisk(rule);
    if (known === "yes" || (known === "unknown" && best.known === "no")) {
      best = { known, from: [field] };
    }
  });
  return best.known === "no" ? { known: "no", from: ["HostConfig.DeviceCgroupRules"] } : best;
}

function opensDisk(rule: string): Known {
  const match = /^\s*([abc])\s+(\*|\d+):(\*|\d+)\s+([rwm]{1,3})\s*$/.exec(rule);
  if (match === null) {
    return rule.trim().startsWith("a") ? "yes" : "no"; // `a` alone opens everything
  }
  const [, type, major, , permissions = ""] = match;
  if (type === "c" || !/[rw]/.test(permissions)) {
    return "no";
  }
  // runc turns `a` with numbers into a rule for both types.
  return major === "*" ? "yes" : isDiskMajor(Number(major));
}
