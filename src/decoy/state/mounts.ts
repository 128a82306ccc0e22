/** Binds, mounts and volumes of a create request, refused as the daemon refuses them. */
import type { Engine } from "./engine.ts";
import { EngineFault } from "./fault.ts";
import type { JsonRecord } from "./go-json.ts";
import type { MountPoint } from "./model.ts";
import { createVolume, VOLUME_ROOT } from "./volumes.ts";

const MODES: ReadonlySet<string> = new Set([
  "ro",
  "rw",
  "z",
  "Z",
  "nocopy",
  "private",
  "rprivate",
  "shared",
  "rshared",
  "slave",
  "rslave",
  "consistent",
  "cached",
  "delegated",
]);
const PROPAGATIONS = ["private", "rprivate", "shared", "rshared", "slave", "rslave"];

/** `path.Clean`. */
export function cleanHostPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") {
      parts.pop();
    } else if (part !== "" && part !== ".") {
      parts.push(part);
    }
  }
  return `/${parts.join("/")}`;
}

function validMode(mode: string): boolean {
  return mode === "" || mode.split(",").every((word) => MODES.has(word));
}

/** All mount points of a container. Volumes that are named come into being. */
export function mountPoints(engine: Engine, config: JsonRecord, hostConfig: JsonRecord): MountPoint[] {
  const points = new Map<string, MountPoint>();
  for (const bind of strings(hostConfig["Binds"])) {
    const point = bindPoint(engine, bind, String(hostConfig["VolumeDriver"] ?? ""));
    if (points.has(point.destination)) {
      throw new EngineFault(400, `Duplicate mount point: ${point.destination}`);
    }
    points.set(point.destination, point);
  }
  for (const donor of strings(hostConfig["VolumesFrom"])) {
    const [name, mode] = donor.split(":");
    const found = engine.findContainer(name ?? "");
    if (found === undefined) {
      throw new EngineFault(400, `No such container: ${name ?? ""}`);
    }
    for (const mount of found.mounts) {
      points.set(mount.destination, { ...mount, writable: mount.writable && mode !== "ro" });
    }
  }
  for (const mount of records(hostConfig["Mounts"])) {
    const point = mountPoint(engine, mount);
    if (points.has(point.destination)) {
      throw new EngineFault(400, `Duplicate mount point: ${point.destination}`);
    }
    points.set(point.destination, point);
  }
  const volumes = config["Volumes"];
  for (const path of volumes instanceof Map ? [...volumes.keys()].sort() : []) {
    const destination = cleanHostPath(String(path));
    if (!points.has(destination)) {
      points.set(destination, volumePoint(engine, "", destination, "", true));
    }
  }
  return [...points.values()].sort((left, right) => (left.destination < right.destination ? -1 : 1));
}

function bindPoint(engine: Engine, raw: string, volumeDriver: string): MountPoint {
  const parts = raw.split(":");
  const invalid = new EngineFault(500, `invalid volume specification: '${raw}'`);
  if (parts[0] === "" || parts.length > 3 || (parts.length === 2 && parts[1] !== "" && validMode(parts[1] ?? ""))) {
    throw invalid;
  }
  const [source, target, mode] =
    parts.length === 1 ? ["", parts[0] ?? "", ""] : [parts[0] ?? "", parts[1] ?? "", parts[2] ?? ""];
  if (!validMode(mode)) {
    throw new EngineFault(500, `invalid mode: ${mode}`);
  }
  const kind = source.startsWith("/") ? "bind" : "volume";
  const reason = (text: string): EngineFault =>
    new EngineFault(500, `invalid volume specification: '${raw}': invalid mount config for type "${kind}": ${text}`);
  if (!target.startsWith("/")) {
    throw reason(`invalid mount path: '${target}' mount path must be absolute`);
  }
  if (cleanHostPath(target) === "/") {
    throw reason("invalid specification: destination can't be '/'");
  }
  const words = mode.split(",");
  const writable = !words.includes("ro");
  if (kind === "volume") {
    return {
      ...volumePoint(engine, source, cleanHostPath(target), volumeDriver, writable),
      mode: mode === "" ? "z" : mode,
    };
  }
  return {
    type: "bind",
    name: "",
    source: cleanHostPath(source),
    destination: cleanHostPath(target),
    driver: "",
    mode,
    writable,
    propagation: words.find((word) => PROPAGATIONS.includes(word)) ?? "rprivate",
  };
}

function mountPoint(engine: Engine, mount: JsonRecord): MountPoint {
  const type = String(mount["Type"] ?? "");
  const source = String(mount["Source"] ?? "");
  const target = String(mount["Target"] ?? "");
  const writable = mount["ReadOnly"] !== true;
  const refuse = (text: string): EngineFault =>
    new EngineFault(400, `invalid mount config for type "${type}": ${text}`);
  if (target === "") {
    throw refuse("field Target must not be empty");
  }
  if (cleanHostPath(target) === "/") {
    throw refuse("invalid specification: destination can't be '/'");
  }
  if (!target.startsWith("/")) {
    throw refuse(`invalid mount path: '${target}' mount path must be absolute`);
  }
  if (type === "bind") {
    if (source === "") {
      throw refuse("field Source must not be empty");
    }
    if (!source.startsWith("/")) {
      throw refuse(`invalid mount path: '${source}' mount path must be absolute`);
    }
    if (!isHostPath(source)) {
      throw refuse(`bind source path does not exist: ${source}`);
    }
    const options = mount["BindOptions"] as JsonRecord | undefined;
    return {
      type: "bind",
      name: "",
      source: cleanHostPath(source),
      destination: cleanHostPath(target),
      driver: "",
      mode: "",
      writable,
      propagation: String(options?.["Propagation"] ?? "") || "rprivate",
    };
  }
  if (type === "volume") {
    return { ...volumePoint(engine, source, cleanHostPath(target), "", writable), mode: "z" };
  }
  if (type === "tmpfs") {
    if (source !== "") {
      throw refuse("field Source must not be specified");
    }
    return {
      type: "tmpfs",
      name: "",
      source: "",
      destination: cleanHostPath(target),
      driver: "",
      mode: "",
      writable,
      propagation: "",
    };
  }
  throw new EngineFault(400, `invalid mount config for type "${type}": mount type unknown`);
}

/** Top folders of any machine; what lies below them may well be there. */
const HOST_FOLDERS =
  /^\/(?:$|(?:bin|boot|dev|etc|home|lib|lib64|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(?:\/|$))/;

const isHostPath = (path: string): boolean => HOST_FOLDERS.test(cleanHostPath(path));

function volumePoint(engine: Engine, name: string, destination: string, driver: string, writable: boolean): MountPoint {
  const volume = createVolume(engine, name, driver, null, null);
  return {
    type: "volume",
    name: volume.name,
    source: `${VOLUME_ROOT}/${volume.name}/_data`,
    destination,
    driver: "local",
    mode: "",
    writable,
    propagation: "",
  };
}

export const strings = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const records = (value: unknown): JsonRecord[] => (Array.isArray(value) ? (value as JsonRecord[]) : []);
