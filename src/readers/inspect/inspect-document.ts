import {
  BOOL,
  type GoStruct,
  type GoStructType,
  type GoValue,
  INT64,
  type JsonObject,
  pointerTo,
  STRING,
  STRINGS,
  sliceOf,
  structOf,
} from "../../engine/index.ts";
import { asString, asStrings, hasMember, READ_CONFIG, READ_HOST_CONFIG } from "../container-json/index.ts";

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

/** Docker has none of these members. */
export function isPodmans(node: JsonObject): boolean {
  return hasMember(node, "OCIRuntime") || hasMember(node, "BoundingCaps") || hasMember(node, "EffectiveCaps");
}

/**
 * A document of Podman under Docker's names: its `Runtime` is always `oci` and the real one is beside it, the mode of
 * the cgroup namespace has another name, and up to 4 an image without an entrypoint has an empty one.
 */
export function withDockersNames(container: GoStruct): GoStruct {
  const fields = new Map(container.fields);
  const hostConfig = fields.get("HostConfig");
  if (hostConfig?.kind === "struct") {
    const hostFields = new Map(hostConfig.fields);
    rename(hostFields, "CgroupnsMode", hostFields.get("CgroupMode"));
    rename(hostFields, "Runtime", fields.get("OCIRuntime"));
    fields.set("HostConfig", { ...hostConfig, fields: hostFields });
  }
  const config = fields.get("Config");
  if (config?.kind === "struct" && asStrings(config.fields.get("Entrypoint")).join("") === "") {
    const configFields = new Map(config.fields);
    configFields.delete("Entrypoint");
    fields.set("Config", { ...config, fields: configFields });
  }
  return { ...container, fields };
}

/**
 * Whether a container may be in the host's IPC namespace although its document does not say so. Podman 4.3.1 writes
 * `shareable` in every case; see ipc.json in test/corpus/podman-inspect, which was in the host's. Podman 5 looks at the
 * container. Up to 4, `StopSignal` is a number.
 */
export function hidesHostIpc(node: JsonObject, container: GoStruct): boolean {
  const config = node.members.find((member) => member.key === "Config")?.value;
  const isPodman4 =
    isPodmans(node) &&
    config?.kind === "object" &&
    config.members.some(({ key, value }) => key === "StopSignal" && value.kind === "number");
  const hostConfig = container.fields.get("HostConfig");
  return isPodman4 && hostConfig?.kind === "struct" && asString(hostConfig.fields.get("IpcMode")) === "shareable";
}

function rename(fields: Map<string, GoValue>, name: string, value: GoValue | undefined): void {
  if (value !== undefined) {
    fields.set(name, value);
  }
}
