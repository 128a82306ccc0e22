/**
 * Documents of Podman, of both kinds: its own (`podman container inspect`) and its imitation of Docker's, which its API
 * serves to Docker's clients. What they leave out was seen with Podman 4.3.1; see test/corpus/podman-inspect.
 */
import type { GoStruct, GoValue, JsonObject } from "../../engine/index.ts";
import { asString, asStrings, hasMember } from "../container-json/index.ts";

/** What Podman writes for a runtime in its imitation, whatever the runtime is. */
const IMITATED_RUNTIME = "oci";

/** Fields that a document of Podman does not tell although it has them. */
export interface UntoldFields {
  /** `shareable` is written for a container in the host's IPC namespace, too. */
  readonly ipcMode: boolean;
  /** Nothing is written, whatever the cgroup namespace is. */
  readonly cgroupnsMode: boolean;
}

/** Docker has none of these members, and no runtime of that name unless somebody makes one. */
export function isPodmans(node: JsonObject, container: GoStruct): boolean {
  return isPodmansOwn(node) || hostField(container, "Runtime") === IMITATED_RUNTIME;
}

/**
 * A document of Podman under Docker's names: the real runtime stands beside `HostConfig`, the mode of the cgroup
 * namespace has another name, and up to 4 an image without an entrypoint has an empty one.
 */
export function withDockersNames(container: GoStruct): GoStruct {
  const fields = new Map(container.fields);
  const hostConfig = fields.get("HostConfig");
  if (hostConfig?.kind === "struct") {
    const hostFields = new Map(hostConfig.fields);
    replace(hostFields, "CgroupnsMode", hostFields.get("CgroupMode") ?? hostFields.get("CgroupnsMode"));
    replace(hostFields, "Runtime", fields.get("OCIRuntime"));
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
 * Podman 4.3.1 writes `shareable` in every case; ipc.json in the corpus was in the host's namespace. Podman 5 looks at
 * the container (libpod/container_inspect_linux.go).
 */
export function untoldByPodman(node: JsonObject, container: GoStruct): UntoldFields {
  return {
    ipcMode: isUpTo4(node) && hostField(container, "IpcMode") === "shareable",
    cgroupnsMode: !isPodmansOwn(node) && hostField(container, "CgroupnsMode") === "",
  };
}

function isPodmansOwn(node: JsonObject): boolean {
  return hasMember(node, "OCIRuntime") || hasMember(node, "BoundingCaps") || hasMember(node, "EffectiveCaps");
}

/** Up to 4, Podman writes the stop signal as its number. */
function isUpTo4(node: JsonObject): boolean {
  const config = node.members.find((member) => member.key === "Config")?.value;
  const signal =
    config?.kind === "object" ? config.members.find((member) => member.key === "StopSignal")?.value : undefined;
  return signal?.kind === "number" || (signal?.kind === "string" && /^\d+$/.test(signal.value));
}

function hostField(container: GoStruct, name: string): string {
  const hostConfig = container.fields.get("HostConfig");
  return hostConfig?.kind === "struct" ? asString(hostConfig.fields.get(name)) : "";
}

function replace(fields: Map<string, GoValue>, name: string, value: GoValue | undefined): void {
  if (value === undefined) {
    fields.delete(name);
  } else {
    fields.set(name, value);
  }
}
