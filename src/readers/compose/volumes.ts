import type { MountConfig } from "../../facts/index.ts";
import type { ServiceDraft } from "./draft.ts";
import { containerPath, hostPath } from "./host-paths.ts";
import { MESSAGES, REASONS } from "./messages.ts";
import { readLongVolume, readShortVolume, type ServiceVolume, type VolumePart } from "./service-volume.ts";
import { itemsOf, type Written } from "./tree.ts";
import { listOf } from "./values.ts";
import type { ReadText } from "./variables.ts";

/**
 * `volumes` of a service, to `HostConfig.Binds` and `HostConfig.Mounts` as docker/compose sends them
 * (buildContainerVolumes): a bind that needs nothing but `source:target:options` is a Bind, everything else a Mount.
 */
export function readVolumes(draft: ServiceDraft, written: Written): void {
  draft.at("HostConfig.Binds", written.node);
  draft.at("HostConfig.Mounts", written.node);
  const list = listOf(draft, written, "HostConfig.Binds");
  if (list === undefined) {
    draft.leaveOpen("HostConfig.Mounts", REASONS.wrongType("list"));
    return;
  }
  for (const volume of lastOfEachTarget(draft, itemsOf(list, written.path))) {
    addVolume(draft, volume);
  }
}

/** Compose keeps the last volume of each target, in the place of the first (compose-go, EnforceUnicity). */
function lastOfEachTarget(draft: ServiceDraft, items: readonly Written[]): Iterable<ServiceVolume> {
  const volumes = new Map<string, ServiceVolume>();
  for (const item of items) {
    const volume = item.node.kind === "map" ? readLongVolume(draft, item) : readShortVolume(draft, item);
    if (volume === undefined) {
      continue;
    }
    // A target that could not be read is nobody else's.
    const target = volume.target === "" ? item.path : volume.target;
    if (volumes.has(target)) {
      draft.file.problems.note(item, MESSAGES.sameTarget(target));
    }
    volumes.set(target, volume);
  }
  return volumes.values();
}

function addVolume(draft: ServiceDraft, volume: ServiceVolume): void {
  if (volume.type !== "bind") {
    addMount(draft, volume, volume.type === "volume" ? namedVolume(draft, volume) : volume.source);
    return;
  }
  const asWritten = volume.source === "" || volume.open.has("Source");
  const resolved: ReadText = asWritten
    ? { text: volume.source }
    : hostPath(volume.source, draft.baseOf(volume.parts.get("Source") ?? volume.written.node));
  if (resolved.reason !== undefined) {
    volume.open.set("Source", resolved.reason);
  }
  if (isPlainBind(volume)) {
    addBind(draft, volume, resolved.text);
  } else {
    addMount(draft, volume, resolved.text);
  }
}

/**
 * docker/compose, requireMountAPI. Besides: where only the target or the access of a bind is unknown, the long form
 * can say so without making the source unknown too.
 */
function isPlainBind(volume: ServiceVolume): boolean {
  const onlySourceOpen = Array.from(volume.open.keys()).every((part) => part === "Source" || part === "");
  return onlySourceOpen && volume.createHostPath !== false && !volume.propagation && !volume.recursive;
}

/** A bind in the short form. */
export function addBind(draft: ServiceDraft, volume: ServiceVolume, source: string): void {
  const field = `HostConfig.Binds[${draft.binds.length}]`;
  const options = [volume.readOnly ? "ro" : "rw", volume.selinux, volume.nocopy ? "nocopy" : ""].filter(Boolean);
  draft.binds.push(volume.short ?? `${source}:${volume.target}:${options.join(",")}`);
  draft.targets.add(volume.target);
  // The line that names the host's path.
  draft.at(field, volume.parts.get("Source") ?? volume.written.node);
  const reason = volume.open.get("Source") ?? volume.open.get("");
  if (reason !== undefined) {
    draft.leaveOpen(field, reason);
  }
}

function addMount(draft: ServiceDraft, volume: ServiceVolume, source: string): void {
  const field = `HostConfig.Mounts[${draft.mounts.length}]`;
  draft.mounts.push({
    Type: volume.type,
    ...(source === "" ? {} : { Source: source }),
    Target: volume.target,
    ...(volume.readOnly ? { ReadOnly: true } : {}),
    ...bindOptions(volume),
  });
  draft.targets.add(volume.target);
  draft.at(field, volume.written.node);
  for (const [part, node] of volume.parts) {
    draft.at(`${field}.${part}`, node);
  }
  for (const [part, reason] of volume.open) {
    draft.leaveOpen(part === "" ? field : `${field}.${part}`, reason);
  }
}

/** docker/compose, buildBindOption. */
function bindOptions(volume: ServiceVolume): Pick<MountConfig, "BindOptions"> {
  const options = {
    ...(volume.propagation ? { Propagation: volume.propagation } : {}),
    ...(volume.recursive === "disabled" ? { NonRecursive: true } : {}),
    ...(volume.recursive === "writable" ? { ReadOnlyNonRecursive: true } : {}),
    ...(volume.recursive === "readonly" ? { ReadOnlyForceRecursive: true } : {}),
  };
  return volume.type === "bind" && Object.keys(options).length > 0 ? { BindOptions: options } : {};
}

/** The engine's name of a named volume; what is not known of it is said under `volumes.NAME`. */
function namedVolume(draft: ServiceDraft, volume: ServiceVolume): string {
  const { declarations, legacy, problems } = draft.file;
  if (volume.source === "" || volume.open.has("Source") || legacy) {
    return volume.source;
  }
  const declared = declarations.volumes.get(volume.source);
  if (declared === undefined) {
    problems.error(volume.written, MESSAGES.undeclared("volume", volume.source));
    return volume.source;
  }
  draft.offsets.set(`volumes.${declared.name}`, declared.offset);
  if (declared.reason !== undefined) {
    draft.leaveOpen(`volumes.${declared.name}`, declared.reason);
  }
  return declared.name;
}

/** A read-only bind of a host file that Compose adds by itself: secrets, configs. Volumes of the same target win. */
export function addFileMount(draft: ServiceDraft, file: ReadText, target: string, written: Written): void {
  const clean = containerPath(target);
  if (draft.targets.has(clean)) {
    return;
  }
  const open = new Map<VolumePart, string>(file.reason === undefined ? [] : [["Source", file.reason]]);
  const mount = { type: "bind", source: file.text, target: clean, readOnly: true, written, parts: new Map(), open };
  addMount(draft, mount, file.text);
}
