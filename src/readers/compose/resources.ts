import { readReservedDevices } from "./devices.ts";
import { type KeyReader, put, type ServiceDraft } from "./draft.ts";
import { MESSAGES, REASONS } from "./messages.ts";
import { parseBytes, parseDecimal, parseInteger } from "./numbers.ts";
import { childOf, entriesOf, type Written } from "./tree.ts";
import { mapOf, readNumber, readText } from "./values.ts";

/** The engine counts in billionths of a processor. */
const NANO = 1e9;

/** `mem_limit`. */
export const readMemory: KeyReader = (draft, written) => {
  put(draft.host, "Memory", readNumber(draft, written, "HostConfig.Memory", "size", parseBytes));
};

/** `cpus`. */
export const readCpus: KeyReader = (draft, written) => {
  put(draft.host, "NanoCpus", readNumber(draft, written, "HostConfig.NanoCpus", "number", parseCpus));
};

function parseCpus(text: string): number | undefined {
  const nanoCpus = Math.round((parseDecimal(text) ?? Number.NaN) * NANO);
  return Number.isSafeInteger(nanoCpus) ? nanoCpus : undefined;
}

/** A whole number of the engine's own. */
export function readWhole(field: "PidsLimit" | "CpuShares" | "CpuQuota" | "OomScoreAdj"): KeyReader {
  return (draft, written) => {
    put(draft.host, field, readNumber(draft, written, `HostConfig.${field}`, "integer", parseInteger));
  };
}

/** `deploy`: what Compose makes of it outside Swarm. Its limits stand above `mem_limit`, `cpus` and `pids_limit`. */
export const readDeploy: KeyReader = (draft, written) => {
  const map = written.node.kind === "map" ? written.node : undefined;
  if (map === undefined) {
    for (const field of ["Memory", "NanoCpus", "PidsLimit", "DeviceRequests", "RestartPolicy"]) {
      draft.leaveOpen(`HostConfig.${field}`, REASONS.wrongType("map"));
    }
    draft.file.problems.error(written, MESSAGES.wrongType("map"));
    return;
  }
  const resources = childOf(map, written.path, "resources");
  if (resources !== undefined) {
    readPart(draft, resources, "limits", { memory: readMemory, cpus: readCpus, pids: readWhole("PidsLimit") });
    readPart(draft, resources, "reservations", { devices: readReservedDevices });
  }
  const restart = childOf(map, written.path, "restart_policy");
  if (restart !== undefined) {
    readRestartPolicy(draft, restart);
  }
};

/** Reads some keys of a mapping inside a mapping. */
function readPart(
  draft: ServiceDraft,
  parent: Written,
  key: string,
  readers: Readonly<Record<string, KeyReader>>,
): void {
  const outer = mapOf(draft, parent, "HostConfig.DeviceRequests");
  const part = outer && childOf(outer, parent.path, key);
  const map = part && mapOf(draft, part, "HostConfig.DeviceRequests");
  for (const [name, read] of map === undefined ? [] : Object.entries(readers)) {
    const child = map && childOf(map, part?.path ?? "", name);
    if (child !== undefined) {
      read(draft, child);
    }
  }
}

/** `ulimits`: one number for both limits, or each. */
export const readUlimits: KeyReader = (draft, written) => {
  const field = "HostConfig.Ulimits";
  const map = mapOf(draft, written, field);
  draft.at(field, written.node);
  const ulimits: { Name: string; Soft?: number; Hard?: number }[] = [];
  for (const entry of map === undefined ? [] : entriesOf(map, written.path)) {
    const own = `${field}[${ulimits.length}]`;
    draft.at(own, entry.node);
    const ulimit: (typeof ulimits)[number] = { Name: entry.key };
    const limit = (child: Written | undefined, part: "Soft" | "Hard") => {
      put(ulimit, part, child && readNumber(draft, child, `${own}.${part}`, "integer", parseInteger));
    };
    const { node } = entry;
    limit(node.kind === "map" ? childOf(node, entry.path, "soft") : entry, "Soft");
    limit(node.kind === "map" ? childOf(node, entry.path, "hard") : entry, "Hard");
    ulimits.push(ulimit);
  }
  put(draft.host, "Ulimits", map === undefined ? undefined : ulimits);
};

/** docker/compose, mapRestartPolicyCondition. */
const CONDITIONS: ReadonlyMap<string, string> = new Map([
  ["none", "no"],
  ["any", "always"],
]);

/** `restart`: `always`, `on-failure:5`. */
export const readRestart: KeyReader = (draft, written) => {
  const text = readText(draft, written, "HostConfig.RestartPolicy");
  if (text !== undefined && !draft.isOpen("HostConfig.RestartPolicy")) {
    const [name = "", count] = text.split(":");
    setRestartPolicy(draft, name, count === undefined ? undefined : parseInteger(count));
  }
};

function readRestartPolicy(draft: ServiceDraft, written: Written): void {
  const field = "HostConfig.RestartPolicy";
  draft.at(field, written.node);
  const map = mapOf(draft, written, field);
  const condition = map && childOf(map, written.path, "condition");
  const attempts = map && childOf(map, written.path, "max_attempts");
  // The specification's default, where only the attempts are written.
  const name = condition === undefined ? "any" : readText(draft, condition, `${field}.Name`);
  const count = attempts && readNumber(draft, attempts, `${field}.MaximumRetryCount`, "integer", parseInteger);
  if (map !== undefined && name !== undefined) {
    setRestartPolicy(draft, name, count);
  }
}

function setRestartPolicy(draft: ServiceDraft, name: string, count: number | undefined): void {
  draft.host.RestartPolicy = {
    Name: CONDITIONS.get(name) ?? name,
    ...(count === undefined ? {} : { MaximumRetryCount: count }),
  };
}
