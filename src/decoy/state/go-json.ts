/** JSON as Go's encoder writes it (with HTML escaping off), and Go's structs as plain objects in field order. */
import type { GoList, GoStruct, GoStructType, GoType, GoValue } from "../../engine/index.ts";
import { itemsOf } from "../../engine/index.ts";

/** A Go map is a `Map`: its keys are written sorted. A struct is an object: its fields are written in their order. */
export type Json = string | number | bigint | boolean | null | readonly Json[] | JsonRecord | ReadonlyMap<string, Json>;

export interface JsonRecord {
  [field: string]: Json;
}

export function encodeJson(value: Json): string {
  switch (typeof value) {
    case "string":
      return encodeText(value);
    case "number":
      return Number.isFinite(value) ? String(value) : "0";
    case "bigint":
    case "boolean":
      return String(value);
    default:
      return value === null ? "null" : encodeComposite(value);
  }
}

function encodeComposite(value: readonly Json[] | JsonRecord | ReadonlyMap<string, Json>): string {
  if (Array.isArray(value)) {
    return `[${value.map(encodeJson).join(",")}]`;
  }
  const parts: string[] = [];
  if (value instanceof Map) {
    for (const key of [...value.keys()].sort(byCodeUnit)) {
      parts.push(`${encodeText(key)}:${encodeJson(value.get(key) ?? null)}`);
    }
  } else {
    const record = value as JsonRecord;
    for (const key in record) {
      const item = record[key];
      if (item !== undefined) {
        parts.push(`"${key}":${encodeJson(item)}`);
      }
    }
  }
  return `{${parts.join(",")}}`;
}

const byCodeUnit = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** Characters that Go and JavaScript write differently. */
const DIFFERENT = /[\b\f\u2028\u2029\ufffd]|[\ud800-\udfff]/;

function encodeText(text: string): string {
  const encoded = JSON.stringify(text);
  return DIFFERENT.test(text)
    ? JSON.stringify(text.toWellFormed())
        .replaceAll("\\b", "\\u0008")
        .replaceAll("\\f", "\\u000c")
        .replaceAll("\ufffd", "\\ufffd") // Go writes broken bytes so, and they are what it comes from
        .replaceAll("\u2028", "\\u2028")
        .replaceAll("\u2029", "\\u2029")
    : encoded;
}

/** Fields with `omitempty`, by the name of their struct. */
const OMITTED_WHEN_EMPTY: Readonly<Record<string, ReadonlySet<string>>> = {
  Config: new Set([
    "ExposedPorts",
    "Healthcheck",
    "ArgsEscaped",
    "NetworkDisabled",
    "MacAddress",
    "StopSignal",
    "StopTimeout",
    "Shell",
  ]),
  HostConfig: new Set(["StorageOpt", "Tmpfs", "Sysctls", "Runtime", "Mounts", "Init", "Annotations"]),
  HealthConfig: new Set(["Test", "Interval", "Timeout", "StartPeriod", "StartInterval", "Retries"]),
  Mount: new Set([
    "Type",
    "Source",
    "Target",
    "ReadOnly",
    "Consistency",
    "BindOptions",
    "VolumeOptions",
    "ImageOptions",
    "TmpfsOptions",
    "ClusterOptions",
  ]),
  BindOptions: new Set([
    "Propagation",
    "NonRecursive",
    "CreateMountpoint",
    "ReadOnlyNonRecursive",
    "ReadOnlyForceRecursive",
  ]),
  VolumeOptions: new Set(["NoCopy", "Labels", "Subpath", "DriverConfig"]),
  ImageOptions: new Set(["Subpath"]),
  Driver: new Set(["Name", "Options"]),
  TmpfsOptions: new Set(["SizeBytes", "Mode", "Options"]),
  EndpointIPAMConfig: new Set(["IPv4Address", "IPv6Address", "LinkLocalIPs"]),
};

/** A struct as an object with every field, zero where nothing was written. */
export function structToRecord(type: GoStructType, value: GoStruct | undefined): JsonRecord {
  const omitted = OMITTED_WHEN_EMPTY[type.name];
  const record: JsonRecord = {};
  for (const field of type.fields) {
    const item = toJson(field.type, value?.fields.get(field.name));
    if (!(omitted?.has(field.name) && isEmpty(item))) {
      record[field.name] = item;
    }
  }
  return record;
}

/** What Go's `omitempty` drops: the zero of a scalar, nil, and what has no items. A struct is never empty. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === "") {
    return true;
  }
  return Array.isArray(value) ? value.length === 0 : value instanceof Map && value.size === 0;
}

function toJson(type: GoType, value: GoValue | undefined): Json {
  switch (type.kind) {
    case "any":
      return null; // no body that the decoy keeps has such a field
    case "pointer":
      return value === undefined ? null : toJson(type.to, value);
    case "struct":
      return structToRecord(type, value?.kind === "struct" ? value : undefined);
    case "bool":
      return value?.kind === "bool" && value.value;
    case "string":
      return value?.kind === "string" ? value.value : "";
    case "int":
      return value?.kind === "int" ? integer(value.text) : 0;
    case "map":
      return value?.kind === "map"
        ? new Map([...value.entries].map(([key, item]) => [key, toJson(type.of, item)]))
        : null;
    case "array":
      return Array.from({ length: type.length }, (_, index) => toJson(type.of, itemOf(value, index)));
    case "slice":
      return value?.kind === "list" ? items(value).map((item) => toJson(type.of, item)) : null;
    case "string-or-strings":
      return value?.kind === "list" ? items(value).map((item) => (item?.kind === "string" ? item.value : "")) : null;
  }
}

const items = (list: GoList): readonly (GoValue | undefined)[] => [...itemsOf(list)];

function itemOf(value: GoValue | undefined, index: number): GoValue | undefined {
  return value?.kind === "list" ? value.storage[index] : undefined;
}

function integer(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** A copy of JSON data that shares nothing with it. */
export function cloneJson<Value extends Json>(value: Value): Value {
  return structuredClone(value);
}

/** Text for the disk: maps and big integers keep their kind. */
export function packJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (item instanceof Map) {
      return { "\u0001map": [...item] };
    }
    if (typeof item === "bigint") {
      return { "\u0001int": String(item) };
    }
    if (item instanceof Uint8Array) {
      return { "\u0001bytes": Buffer.from(item).toString("base64") };
    }
    return item;
  });
}

export function unpackJson(text: string): unknown {
  return JSON.parse(text, (_, item: unknown) => {
    if (item === null || typeof item !== "object") {
      return item;
    }
    if ("\u0001map" in item) {
      return new Map(item["\u0001map"] as [string, unknown][]);
    }
    if ("\u0001int" in item) {
      return BigInt(String(item["\u0001int"]));
    }
    return "\u0001bytes" in item ? Buffer.from(String(item["\u0001bytes"]), "base64") : item;
  });
}
