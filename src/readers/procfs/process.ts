import type { CapabilitySet } from "../../facts/index.ts";
import { parseCapabilityMask } from "../../facts/index.ts";
import { type HostSource, textOf } from "./host-source.ts";
import { type MountInfo, parseMountInfo } from "./mount-info.ts";
import { type ProcessLabel, parseLabel } from "./process-label.ts";

/** A process as /proc shows it. What may not be read is absent. */
export interface ProcessFacts {
  readonly pid: number;
  readonly uids: Ids;
  readonly gids: Ids;
  readonly groups: readonly number[];
  readonly capabilities: ProcessCapabilities;
  readonly noNewPrivileges?: boolean;
  readonly seccomp?: "off" | "strict" | "filter";
  readonly mounts?: readonly MountInfo[];
  /** Identity of each namespace, for example `mnt:[4026531841]`: equal text is the same namespace. */
  readonly namespaces: ReadonlyMap<NamespaceKind, string>;
  readonly uidMap?: readonly IdRange[];
  readonly gidMap?: readonly IdRange[];
  readonly label?: ProcessLabel;
}

/** The four ids of a process. */
export interface Ids {
  readonly real: number;
  readonly effective: number;
  readonly saved: number;
  readonly fileSystem: number;
}

/** The five sets of a process: capabilities(7). */
export interface ProcessCapabilities {
  readonly effective?: CapabilitySet;
  readonly bounding?: CapabilitySet;
  readonly permitted?: CapabilitySet;
  readonly inheritable?: CapabilitySet;
  readonly ambient?: CapabilitySet;
}

/** One line of /proc/PID/uid_map: user_namespaces(7). */
export interface IdRange {
  readonly inside: number;
  readonly outside: number;
  readonly count: number;
}

/** Namespaces with a link in /proc/PID/ns. */
export const NAMESPACE_KINDS = ["mnt", "pid", "net", "ipc", "uts", "user", "cgroup", "time"] as const;

/** One of {@link NAMESPACE_KINDS}. */
export type NamespaceKind = (typeof NAMESPACE_KINDS)[number];

/** Reads a process; `undefined` when it is gone or its status may not be read. */
export function readProcess(source: HostSource, pid: number): ProcessFacts | undefined {
  const folder = `/proc/${pid}`;
  const status = statusOf(textOf(source, `${folder}/status`) ?? "");
  const uids = idsOf(status.get("Uid"));
  const gids = idsOf(status.get("Gid"));
  if (uids === undefined || gids === undefined) {
    return undefined;
  }
  const noNewPrivileges = { "0": false, "1": true }[status.get("NoNewPrivs") ?? ""];
  const seccomp = { "0": "off", "1": "strict", "2": "filter" }[status.get("Seccomp") ?? ""] as ProcessFacts["seccomp"];
  const mountInfo = textOf(source, `${folder}/mountinfo`);
  const uidMap = idMapOf(textOf(source, `${folder}/uid_map`));
  const gidMap = idMapOf(textOf(source, `${folder}/gid_map`));
  const label = labelOf(source, folder);
  return {
    pid,
    uids,
    gids,
    groups: (status.get("Groups") ?? "").split(/\s+/).filter(Boolean).map(Number),
    capabilities: capabilitiesOf(status),
    namespaces: namespacesOf(source, folder),
    ...(noNewPrivileges === undefined ? {} : { noNewPrivileges }),
    ...(seccomp === undefined ? {} : { seccomp }),
    ...(mountInfo === undefined ? {} : { mounts: parseMountInfo(mountInfo) }),
    ...(uidMap === undefined ? {} : { uidMap }),
    ...(gidMap === undefined ? {} : { gidMap }),
    ...(label === undefined ? {} : { label }),
  };
}

/** `Key:\tvalue` lines. The name of a process cannot forge one: the kernel escapes its newlines. */
function statusOf(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) {
      fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
    }
  }
  return fields;
}

function idsOf(text: string | undefined): Ids | undefined {
  const [real, effective, saved, fileSystem] = (text ?? "").split(/\s+/).map(Number);
  if (real === undefined || effective === undefined || saved === undefined || fileSystem === undefined) {
    return undefined;
  }
  return [real, effective, saved, fileSystem].every(Number.isInteger)
    ? { real, effective, saved, fileSystem }
    : undefined;
}

function capabilitiesOf(status: ReadonlyMap<string, string>): ProcessCapabilities {
  const sets = [
    ["effective", "CapEff"],
    ["bounding", "CapBnd"],
    ["permitted", "CapPrm"],
    ["inheritable", "CapInh"],
    ["ambient", "CapAmb"],
  ] as const;
  const entries = sets.map(([name, field]) => [name, parseCapabilityMask(status.get(field) ?? "")] as const);
  return Object.fromEntries(entries.filter(([, set]) => set !== undefined));
}

function namespacesOf(source: HostSource, folder: string): ReadonlyMap<NamespaceKind, string> {
  const namespaces = new Map<NamespaceKind, string>();
  for (const kind of NAMESPACE_KINDS) {
    const link = source.link(`${folder}/ns/${kind}`);
    if (typeof link === "string") {
      namespaces.set(kind, link);
    }
  }
  return namespaces;
}

function idMapOf(text: string | undefined): readonly IdRange[] | undefined {
  return text
    ?.split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s*$/.exec(line))
    .filter((match) => match !== null)
    .map(([, inside, outside, count]) => ({ inside: Number(inside), outside: Number(outside), count: Number(count) }));
}

/** With several modules stacked the plain file shows one of them only. */
function labelOf(source: HostSource, folder: string): ProcessLabel | undefined {
  for (const path of [`${folder}/attr/apparmor/current`, `${folder}/attr/current`]) {
    const text = textOf(source, path);
    if (text !== undefined && text !== "") {
      return parseLabel(text);
    }
  }
  return undefined;
}
