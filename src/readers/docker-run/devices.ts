import type { DeviceConfig, DeviceRequestConfig } from "../../facts/index.ts";
import type { Draft } from "./draft.ts";
import type { FlagUse } from "./flag.ts";
import { cut, parseCsvRecord, parseGoDecimalInteger } from "./go-values.ts";
import { refusedBecause } from "./messages.ts";
import { cleanPath } from "./paths.ts";
import { addEntry } from "./simple-effects.ts";

/** Tells whether `vendor/class=name` names a device of the Container Device Interface (pkg/parser of cncf-tags). */
export function isCdiName(text: string): boolean {
  return /^[A-Za-z]([\w.-]*[A-Za-z0-9])?\/[A-Za-z]([\w.-]*[A-Za-z0-9])?=[A-Za-z0-9]([\w.:-]*[A-Za-z0-9])?$/.test(text);
}

/** Letters of `rwm`, each at most once. */
function isPermissions(text: string): boolean {
  return /^[rwm]{1,3}$/.test(text) && new Set(text).size === text.length;
}

/** `host[:container][:permissions]` as docker/cli 28.2 reads it for a Linux engine. `undefined`: refused. */
export function parseDevice(text: string): DeviceConfig | undefined {
  const parts = text.split(":");
  const [host = "", second, third] = parts;
  const secondIsPermissions = second !== undefined && third === undefined && isPermissions(second);
  const container = second === undefined || secondIsPermissions ? host : second;
  if (parts.length > 3 || host === "" || !container.startsWith("/") || (third !== undefined && !isPermissions(third))) {
    return undefined;
  }
  // Only the path that was checked is cleaned, and none of three parts (validateLinuxPath of docker/cli).
  const cleanHost =
    container === host && second === undefined ? cleanPath(host) : secondIsPermissions ? cleanPath(host) : host;
  const cleanContainer =
    second === undefined || secondIsPermissions ? cleanHost : third === undefined ? cleanPath(second) : second;
  return {
    PathOnHost: cleanHost,
    PathInContainer: isPermissions(cleanContainer) ? cleanHost : cleanContainer,
    CgroupPermissions: third ?? (secondIsPermissions ? second : "rwm"),
  };
}

/** All `--device` flags. Names of CDI devices become one request behind those of `--gpus`. */
export function assembleDevices(draft: Draft): void {
  const cdi: FlagUse[] = [];
  for (const use of draft.usesOf("device")) {
    const text = use.value?.text ?? "";
    const known = use.value?.unknown.length === 0;
    if (isCdiName(text)) {
      cdi.push(use);
      continue;
    }
    const device = parseDevice(text);
    if (device === undefined && known) {
      draft.refuse(use, refusedBecause.badDevice);
    }
    addEntry(draft, use, "HostConfig", "Devices", device ?? { PathOnHost: cut(text, ":")[0] }, true);
  }
  const first = cdi[0];
  if (first !== undefined) {
    const request: DeviceRequestConfig = { Driver: "cdi", DeviceIDs: cdi.map((use) => use.value?.text ?? "") };
    addEntry(draft, first, "HostConfig", "DeviceRequests", request, true);
  }
}

/** One `--gpus` flag (docker/cli opts/gpus.go). */
export function addGpuRequest(draft: Draft, use: FlagUse): void {
  const request = parseGpuRequest(use.value?.text ?? "");
  if (request === undefined && use.value?.unknown.length === 0) {
    draft.refuse(use, refusedBecause.badGpuRequest);
  }
  addEntry(draft, use, "HostConfig", "DeviceRequests", request ?? { Capabilities: [["gpu"]] }, true);
}

function parseGpuRequest(text: string): DeviceRequestConfig | undefined {
  const fields = parseCsvRecord(text);
  const values = new Map<string, string>();
  for (const field of fields ?? []) {
    const [written, value] = cut(field, "=");
    const key = value === undefined ? "count" : written;
    if (values.has(key) || !/^(driver|count|device|capabilities|options)$/.test(key)) {
      return undefined;
    }
    values.set(key, value ?? written);
  }
  const device = values.get("device");
  const written = values.get("count");
  const count =
    written === "all" ? -1 : written === undefined ? (device === undefined ? 1 : 0) : parseGoDecimalInteger(written);
  if (fields === undefined || count === undefined) {
    return undefined;
  }
  const driver = values.get("driver");
  const capabilities = values.get("capabilities");
  return {
    ...(driver === undefined ? {} : { Driver: driver }),
    ...(count === 0 ? {} : { Count: count }),
    ...(device === undefined ? {} : { DeviceIDs: device.split(",") }),
    Capabilities: [[...(capabilities === undefined ? [] : capabilities.split(",")), "gpu"]],
  };
}
