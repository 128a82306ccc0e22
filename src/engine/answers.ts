import { EngineError } from "./engine-error.ts";

/** What `/_ping` says in its headers. */
export interface EnginePing {
  /** Podman's imitation of the Docker API says so. */
  readonly kind: "docker" | "podman";
  /** Newest API that the engine speaks. */
  readonly apiVersion?: string;
  /** The version that we speak to it. */
  readonly negotiatedVersion: string;
  /** `linux` or `windows`. */
  readonly osType?: string;
  /** `Docker/28.5.1 (linux)`. */
  readonly server?: string;
}

/** An answer that is an object, both as its text, for readers that give places in it, and as a value. */
export interface EngineDocument {
  readonly text: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** One line of `/containers/json`. */
export interface ContainerSummary {
  readonly Id: string;
  /** With a leading slash, as the API gives them. */
  readonly Names: readonly string[];
  readonly Image: string;
  readonly ImageID: string;
  /** `running`, `exited`, … */
  readonly State: string;
  readonly Labels: Readonly<Record<string, string>>;
}

/** One entry of `/volumes`. */
export interface VolumeSummary {
  readonly Name: string;
  readonly Driver: string;
  readonly Mountpoint: string;
  readonly Options: Readonly<Record<string, string>>;
  readonly Labels: Readonly<Record<string, string>>;
}

export function containersFrom(value: unknown): readonly ContainerSummary[] {
  return listFrom(value).map((entry) => ({
    Id: requiredString(entry, "Id"),
    Names: stringsFrom(entry["Names"]),
    Image: stringFrom(entry["Image"]),
    ImageID: stringFrom(entry["ImageID"]),
    State: stringFrom(entry["State"]),
    Labels: stringMapFrom(entry["Labels"]),
  }));
}

export function volumesFrom(value: unknown): readonly VolumeSummary[] {
  // An engine without volumes says null.
  return listFrom(recordFrom(value)["Volumes"] ?? []).map((entry) => ({
    Name: requiredString(entry, "Name"),
    Driver: stringFrom(entry["Driver"]),
    Mountpoint: stringFrom(entry["Mountpoint"]),
    Options: stringMapFrom(entry["Options"]),
    Labels: stringMapFrom(entry["Labels"]),
  }));
}

export function recordFrom(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw notPromised("an object");
  }
  return value as Record<string, unknown>;
}

function listFrom(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value)) {
    throw notPromised("a list");
  }
  return value.map(recordFrom);
}

function requiredString(entry: Readonly<Record<string, unknown>>, name: string): string {
  const value = entry[name];
  if (typeof value !== "string" || value === "") {
    throw notPromised(`a text for ${name}`);
  }
  return value;
}

const stringFrom = (value: unknown): string => (typeof value === "string" ? value : "");

const stringsFrom = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];

const stringMapFrom = (value: unknown): Readonly<Record<string, string>> =>
  typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([, item]) => typeof item === "string"))
    : {};

function notPromised(expected: string): EngineError {
  return new EngineError("BAD_ANSWER", `the engine's answer is not what its API promises: ${expected} is missing`);
}
