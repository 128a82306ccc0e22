/**
 * Brings a create body of the real command line and a configuration of ours to one form: the fields that
 * `ContainerConfig` has, without the zero values that the command line always sends, and sorted where it goes through
 * a Go map.
 */
import type { ContainerConfig } from "../../../facts/index.ts";

type Fields = Record<string, unknown>;

const CONFIG_FIELDS = [
  "Image",
  "User",
  "Env",
  "Cmd",
  "Entrypoint",
  "Volumes",
  "Labels",
  "ExposedPorts",
  "Tty",
  "Healthcheck",
];
const HOST_FIELDS = [
  ...["Privileged", "CapAdd", "CapDrop", "Binds", "Mounts", "Tmpfs", "VolumesFrom", "VolumeDriver", "Devices"],
  ...["DeviceCgroupRules", "DeviceRequests", "SecurityOpt", "MaskedPaths", "ReadonlyPaths", "PidMode", "IpcMode"],
  ...["NetworkMode", "UTSMode", "UsernsMode", "CgroupnsMode", "GroupAdd", "ReadonlyRootfs", "Runtime", "CgroupParent"],
  ...["Sysctls", "PortBindings", "PublishAllPorts", "Memory", "NanoCpus", "CpuShares", "CpuQuota", "PidsLimit"],
  ...["OomKillDisable", "OomScoreAdj", "Ulimits", "RestartPolicy", "LogConfig", "StorageOpt"],
];
/** Lists whose order the command line loses in a map. */
const UNORDERED = new Set(["Binds", "Env", "Volumes", "ExposedPorts", "Ulimits"]);
/** Lists that mean something when they are empty. */
const EMPTY_COUNTS = new Set(["MaskedPaths", "ReadonlyPaths"]);
/** Parts of the API that `ContainerConfig` leaves out. */
const NOT_MODELLED = new Set(["Labels", "NoCopy", "Subpath", "TmpfsOptions", "ImageOptions", "Options", "Consistency"]);

/** The body of a create request in the common form. */
export function modelledBody(body: Fields): Fields {
  const { HostConfig, ...config } = body;
  const keysOfSets = ["Volumes", "ExposedPorts"].map((key) => [key, Object.keys((config[key] ?? {}) as object)]);
  const health = config["Healthcheck"] as Fields | undefined;
  return commonForm(
    {
      ...config,
      ...Object.fromEntries(keysOfSets),
      Healthcheck: health === undefined ? undefined : { Test: health["Test"] },
    },
    HostConfig as Fields,
  );
}

/** A configuration of ours in the common form. */
export function modelledConfig(config: ContainerConfig): Fields {
  return commonForm(config.Config as Fields, config.HostConfig as Fields);
}

function commonForm(config: Fields, host: Fields): Fields {
  return { Config: pick(config, CONFIG_FIELDS), HostConfig: pick(host, HOST_FIELDS) };
}

function pick(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(
    names.flatMap((name): [string, unknown][] => {
      const value = fields[name];
      if (EMPTY_COUNTS.has(name)) {
        return Array.isArray(value) ? [[name, value]] : [];
      }
      const isDefault =
        value === "default" || (name === "RestartPolicy" && (value as Fields | undefined)?.["Name"] === "no");
      const clean = isDefault ? undefined : withoutZeros(value, name);
      return clean === undefined ? [] : [[name, UNORDERED.has(name) && Array.isArray(clean) ? sorted(clean) : clean]];
    }),
  );
}

function sorted(list: readonly unknown[]): unknown[] {
  return list.toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}

/** Without `null`, `""`, 0, `false` and empty collections; the words of a list all count. */
function withoutZeros(value: unknown, name: string): unknown {
  if (value === null || value === undefined || value === "" || value === 0 || value === false) {
    return undefined;
  }
  if (Array.isArray(value)) {
    return value.length === 0
      ? undefined
      : value.map((entry) => (typeof entry === "object" ? (withoutZeros(entry, name) ?? {}) : entry));
  }
  if (typeof value !== "object") {
    return value;
  }
  const isMap =
    ["Labels", "Tmpfs", "Sysctls", "StorageOpt", "Config", "PortBindings"].includes(name) || name === "Options";
  const entries = Object.entries(value)
    .filter(([key]) => isMap || !(NOT_MODELLED.has(key) && !(name === "DriverConfig" && key === "Options")))
    .flatMap(([key, entry]): [string, unknown][] => {
      const clean = isMap && typeof entry === "string" ? entry : withoutZeros(entry, key);
      return clean === undefined ? [] : [[key, clean]];
    });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
