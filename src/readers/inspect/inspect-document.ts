import {
  BOOL,
  type GoStructType,
  INT64,
  type JsonObject,
  pointerTo,
  STRING,
  STRINGS,
  sliceOf,
  structOf,
} from "../../engine/index.ts";
import { hasMember, READ_CONFIG, READ_HOST_CONFIG } from "../container-json/index.ts";

/** What an inspect document describes. Networks, volumes and pods are `other`. */
export type InspectedKind = "container" | "image" | "other";

const MOUNT_POINT = structOf("MountPoint", {
  Type: STRING,
  Name: STRING,
  Source: STRING,
  Destination: STRING,
  RW: BOOL,
  Propagation: STRING,
});

/**
 * The parts of `GET /containers/{id}/json` and of `podman container inspect` that are read. Nobody decodes such a
 * document to make a container of it, so a field that we do not read may hold anything: Podman up to 4 writes
 * `StopSignal` as a number.
 */
export const INSPECT_DOCUMENT: GoStructType = structOf("ContainerInspect", {
  Id: STRING,
  Name: STRING,
  Image: STRING,
  AppArmorProfile: STRING,
  ProcessLabel: STRING,
  State: pointerTo(structOf("State", { Status: STRING, Running: BOOL, Pid: INT64 })),
  Config: pointerTo(READ_CONFIG),
  HostConfig: pointerTo(
    structOf("HostConfig", {
      ...Object.fromEntries(READ_HOST_CONFIG.fields.map((field) => [field.name, field.type])),
      // Podman's name for CgroupnsMode.
      CgroupMode: STRING,
    }),
  ),
  Mounts: sliceOf(MOUNT_POINT),
  // Podman only, from here on (libpod/define/container_inspect.go).
  OCIRuntime: STRING,
  EffectiveCaps: STRINGS,
  BoundingCaps: STRINGS,
});

export function inspectedKind(node: JsonObject): InspectedKind {
  if (hasMember(node, "HostConfig")) {
    return "container";
  }
  return hasMember(node, "RootFS") && hasMember(node, "Architecture") ? "image" : "other";
}
