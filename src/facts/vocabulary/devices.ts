import { type DeviceKind, isWorldAccessible } from "../devices.ts";
import type { Expression } from "../expression.ts";
import { and, type Known, or } from "../known.ts";
import type { View } from "../view.ts";
import { containerFact, fact, intern } from "./fact.ts";

/** Whether the process may open the node by its owner and mode: nodes keep those of the host. */
function nodeLetsIn({ identity, container }: View, kind: DeviceKind): Known {
  const asRoot = and(identity.uid0, container.ids.sameIds);
  const asDiskGroup = kind === "block" && identity.gids.includes(6) ? container.ids.sameIds : "no";
  return isWorldAccessible(kind) ? "yes" : or(asRoot, asDiskGroup);
}

/** A node of this kind is there, the device cgroup lets it be used in this way, and so do owner and mode. */
export const device = (kind: DeviceKind, use: "r" | "w"): Expression =>
  intern(`dev(${kind},${use})`, () =>
    fact(
      `dev(${kind},${use})`,
      (view) => {
        const access = view.container.device(kind);
        const open = use === "r" ? access.read : access.write;
        return open === "no" ? "no" : and(open, nodeLetsIn(view, kind));
      },
      (view) => [...view.container.device(kind).from, ...(isWorldAccessible(kind) ? [] : view.identity.from)],
    ),
  );

/** The device cgroup lets the container use some disk of the host, if it has a node for it. */
export const diskRule = containerFact(
  "dev.cgroup(block)",
  ({ container }) => container.diskRule.known,
  ({ container }) => container.diskRule.from,
);

/**
 * The image, or a volume, brings device nodes along. Engines in the host's user namespace unpack them (measured), so
 * dropping MKNOD does not close a device rule by itself.
 */
export const imageDeviceNodes = containerFact(
  "image.device-nodes",
  ({ host, container }) => and(container.ids.sameIds, host.values.facts?.["image.device-nodes"] ?? "unknown"),
  () => ["host.facts"],
);

/** A GPU or another device is asked for through a driver or a CDI name. */
export const deviceRequest = containerFact(
  "device-request",
  ({ container }) => ((container.workload.config.HostConfig.DeviceRequests?.length ?? 0) > 0 ? "yes" : "no"),
  () => ["HostConfig.DeviceRequests"],
);
