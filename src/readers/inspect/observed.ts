import type { GoStruct, GoValue } from "../../engine/index.ts";
import type { ResolvedMount, Surroundings } from "../../facts/index.ts";
import { asBoolean, asListOf, asNumber, asString, asStrings } from "../container-json/index.ts";

/** What an engine says of a container besides its configuration. */
export interface ObservedContainer {
  readonly engineKind: "docker" | "podman";
  readonly id: string;
  /** The image's id, where {@link ContainerConfig} has its name. */
  readonly imageId?: string;
  readonly running?: boolean;
  /** Process id of the container's first process on its host. Absent: it does not run. */
  readonly pid?: number;
  /** Capabilities of a container of Podman, as Podman computed them. */
  readonly effectiveCapabilities?: readonly string[];
  readonly boundingCapabilities?: readonly string[];
}

export function observedContainer(container: GoStruct, engineKind: "docker" | "podman"): ObservedContainer {
  const { fields } = container;
  const imageId = asString(fields.get("Image"));
  const state = fields.get("State");
  const stateFields: ReadonlyMap<string, GoValue> = state?.kind === "struct" ? state.fields : new Map();
  const running = stateFields.get("Running");
  const pid = asNumber(stateFields.get("Pid"));
  const effective = fields.get("EffectiveCaps");
  const bounding = fields.get("BoundingCaps");
  return {
    engineKind,
    id: asString(fields.get("Id")),
    ...(imageId === "" ? {} : { imageId }),
    ...(running === undefined ? {} : { running: asBoolean(running) }),
    ...(pid === 0 ? {} : { pid }),
    ...(effective === undefined ? {} : { effectiveCapabilities: asStrings(effective) }),
    ...(bounding === undefined ? {} : { boundingCapabilities: asStrings(bounding) }),
  };
}

/**
 * What an engine resolved. An inspect document has the image's user merged into `Config.User`, so an empty one is not
 * left to the image any more: it is root.
 */
export function surroundingsOf(container: GoStruct): Surroundings {
  const { fields } = container;
  const config = fields.get("Config");
  const user = config?.kind === "struct" ? asString(config.fields.get("User")) : "";
  const mounts = fields.get("Mounts");
  const appArmorProfile = fields.get("AppArmorProfile");
  const processLabel = fields.get("ProcessLabel");
  return {
    ...(user === "" ? { image: { user: "" } } : {}),
    ...(mounts === undefined ? {} : { resolvedMounts: asListOf(asResolvedMount)(mounts) }),
    ...(appArmorProfile === undefined ? {} : { appArmorProfile: asString(appArmorProfile) }),
    ...(processLabel === undefined ? {} : { processLabel: asString(processLabel) }),
  };
}

function asResolvedMount(value: GoValue | undefined): ResolvedMount {
  const fields: ReadonlyMap<string, GoValue> = value?.kind === "struct" ? value.fields : new Map();
  const name = asString(fields.get("Name"));
  return {
    type: asString(fields.get("Type")),
    ...(name === "" ? {} : { name }),
    source: asString(fields.get("Source")),
    destination: asString(fields.get("Destination")),
    // Writable unless the engine says otherwise: an absent RW must not read as a protection.
    readWrite: fields.has("RW") ? asBoolean(fields.get("RW")) : true,
    propagation: asString(fields.get("Propagation")),
  };
}
