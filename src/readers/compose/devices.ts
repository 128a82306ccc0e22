import type { DeviceRequestConfig } from "../../facts/index.ts";
import { put, type ServiceDraft } from "./draft.ts";
import { noteUnknownKeys } from "./known-keys.ts";
import { MESSAGES, REASONS } from "./messages.ts";
import { parseInteger } from "./numbers.ts";
import { childOf, itemsOf, type MapNode, type Written } from "./tree.ts";
import { listOf, mapOf, readNumber, readText, readTexts, refuse, textOf } from "./values.ts";
import { type ReadText, splitOutsideVariables } from "./variables.ts";

const DEVICES = "HostConfig.Devices";
const REQUESTS = "HostConfig.DeviceRequests";
const LONG_KEYS = new Set(["source", "target", "permissions"]);
const REQUEST_KEYS = new Set(["capabilities", "count", "device_ids", "driver", "options"]);

/** `vendor.com/class=name`: a device of the Container Device Interface (tags.cncf.io, IsQualifiedName). */
const CDI_NAME = /^[A-Za-z][\w.-]*\/[A-Za-z][\w-]*=[\w.:-]+$/;

interface Device {
  readonly source: string;
  readonly target: string;
  readonly permissions: string;
  readonly reason: string | undefined;
}

/** `devices`: nodes of the host, and names of the Container Device Interface, which become one device request. */
export function readDevices(draft: ServiceDraft, written: Written): void {
  draft.at(DEVICES, written.node);
  const list = listOf(draft, written, DEVICES);
  const devices: NonNullable<typeof draft.host.Devices>[number][] = [];
  const cdiNames: string[] = [];
  for (const item of list === undefined ? [] : itemsOf(list, written.path)) {
    const device = item.node.kind === "map" ? longDevice(draft, item, item.node) : shortDevice(draft, item);
    if (device === undefined) {
      draft.leaveOpen(DEVICES, REASONS.wrongType("device"));
      continue;
    }
    if (device.source === device.target && CDI_NAME.test(device.source)) {
      cdiNames.push(device.source);
      continue;
    }
    const field = `${DEVICES}[${devices.length}]`;
    draft.at(field, item.node);
    if (device.reason !== undefined) {
      draft.leaveOpen(field, device.reason);
    }
    devices.push({
      PathOnHost: device.source,
      PathInContainer: device.target,
      CgroupPermissions: device.permissions,
    });
  }
  put(draft.host, "Devices", list === undefined ? undefined : devices);
  if (cdiNames.length > 0) {
    addRequest(draft, written, { Driver: "cdi", DeviceIDs: cdiNames });
  }
}

/** `SOURCE[:TARGET[:PERMISSIONS]]` (compose-go, transformDeviceMapping). */
function shortDevice(draft: ServiceDraft, written: Written): Device | undefined {
  const read = textOf(draft.file.problems, written, "device");
  if (read === undefined) {
    return undefined;
  }
  const parts = read.reason === undefined ? read.text.split(":") : splitOutsideVariables(read.text, ":");
  const [source = "", target = "", permissions = "rwm"] = parts;
  if (parts.length > 3 || source === "") {
    draft.file.problems.error(written, MESSAGES.wrongType("device"));
    return undefined;
  }
  return { source, target: target === "" ? source : target, permissions, reason: read.reason };
}

function longDevice(draft: ServiceDraft, written: Written, map: MapNode): Device | undefined {
  noteUnknownKeys(draft.file.problems, written, LONG_KEYS);
  const part = (key: string): ReadText | undefined => {
    const child = childOf(map, written.path, key);
    return child === undefined ? undefined : (textOf(draft.file.problems, child) ?? { text: "", reason: WRONG_TEXT });
  };
  const source = part("source");
  if (source === undefined) {
    draft.file.problems.error(written, MESSAGES.wrongType("device"));
    return undefined;
  }
  const target = part("target");
  const permissions = part("permissions");
  return {
    source: source.text,
    target: target?.text ?? source.text,
    permissions: permissions?.text ?? "rwm",
    reason: source.reason ?? target?.reason ?? permissions?.reason,
  };
}

const WRONG_TEXT = REASONS.wrongType("text");

/** `gpus`: `all`, or a list of requests to which Compose adds the capability `gpu`. */
export function readGpus(draft: ServiceDraft, written: Written): void {
  if (written.node.kind === "list") {
    for (const item of itemsOf(written.node, written.path)) {
      readRequest(draft, item, ["gpu"]);
    }
    return;
  }
  const text = readText(draft, written, REQUESTS);
  if (text !== undefined && text !== "all" && !draft.isOpen(REQUESTS)) {
    refuse(draft, written, REQUESTS, "gpus");
  } else if (text !== undefined) {
    addRequest(draft, written, { Count: ALL, Capabilities: [["gpu"]] });
  }
}

/** What the engine takes for "all devices". */
const ALL = -1;

/** `deploy.resources.reservations.devices`. */
export function readReservedDevices(draft: ServiceDraft, written: Written): void {
  const list = listOf(draft, written, REQUESTS);
  for (const item of list === undefined ? [] : itemsOf(list, written.path)) {
    readRequest(draft, item, []);
  }
}

/** One request (compose-go, transformDeviceRequest: neither count nor ids means all). */
function readRequest(draft: ServiceDraft, written: Written, added: readonly string[]): void {
  const field = `${REQUESTS}[${draft.deviceRequests.length}]`;
  const map = mapOf(draft, written, REQUESTS);
  if (map === undefined) {
    return;
  }
  noteUnknownKeys(draft.file.problems, written, REQUEST_KEYS);
  const child = (key: string) => childOf(map, written.path, key);
  const [capabilities, count, ids, driver] = [
    child("capabilities"),
    child("count"),
    child("device_ids"),
    child("driver"),
  ];
  const request: { -readonly [Key in keyof DeviceRequestConfig]: DeviceRequestConfig[Key] } = {};
  put(request, "Driver", driver && readText(draft, driver, `${field}.Driver`));
  put(request, "DeviceIDs", ids && readTexts(draft, ids, `${field}.DeviceIDs`));
  const parseCount = (text: string) => (text.toLowerCase() === "all" ? ALL : parseInteger(text));
  const counted = count && readNumber(draft, count, `${field}.Count`, "integer", parseCount);
  put(request, "Count", count === undefined && ids === undefined ? ALL : counted);
  const names = capabilities && readTexts(draft, capabilities, `${field}.Capabilities`);
  request.Capabilities = [[...(names ?? []), ...added]];
  addRequest(draft, written, request);
}

function addRequest(draft: ServiceDraft, written: Written, request: DeviceRequestConfig): void {
  draft.at(`${REQUESTS}[${draft.deviceRequests.length}]`, written.node);
  draft.deviceRequests.push(request);
}
