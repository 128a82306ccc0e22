/** What the kernel says of a container that runs, read from the host's side. Nothing is run inside. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type MountInfo, NODE_SOURCE, type ProcessFacts, readProcess } from "../../src/readers/procfs/index.ts";
import { processesOf } from "./engines/processes.ts";

/** A process that has to be there. */
export function observe(pid: number): ProcessFacts {
  const facts = readProcess(NODE_SOURCE, pid);
  if (facts === undefined) {
    throw new TypeError(`process ${pid} is gone, or may not be read`);
  }
  return facts;
}

/** The daemon of a test engine: "the host's namespace" is the one that it is in itself. */
export function observeDaemon(engineFolder: string): ProcessFacts {
  const pid = processesOf(engineFolder).find((candidate) => commandOf(candidate) === "dockerd");
  if (pid === undefined) {
    throw new TypeError(`no dockerd runs for ${engineFolder}`);
  }
  return observe(pid);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return ""; // it ended meanwhile
  }
}

/** The mount that lies exactly at a path; of several the last, which covers the others. */
export const mountAt = (mounts: readonly MountInfo[], path: string): MountInfo | undefined =>
  mounts.findLast(({ mountPoint }) => mountPoint === path);

/** Every mount below a path. */
export const mountsBelow = (mounts: readonly MountInfo[], path: string): readonly MountInfo[] =>
  mounts.filter(({ mountPoint }) => mountPoint.startsWith(path === "/" ? "/" : `${path}/`) && mountPoint !== path);

/** The rules of the container's device cgroup (`c 1:11 rwm`); `undefined` where there is no cgroup v1 to read them from. */
export function deviceRulesOf(pid: number): readonly string[] | undefined {
  const group = /^\d+:(?:[^:]*,)?devices(?:,[^:]*)?:(.*)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, "utf8"))?.[1];
  const list = join("/sys/fs/cgroup/devices", group ?? "", "devices.list");
  return group !== undefined && existsSync(list) ? readFileSync(list, "utf8").trim().split("\n") : undefined;
}

/** Host id of an id inside; `undefined` when the namespace does not map it. */
export function hostIdOf(map: ProcessFacts["uidMap"], inside: number): number | undefined {
  const range = map?.find((entry) => inside >= entry.inside && inside < entry.inside + entry.count);
  return range && range.outside + (inside - range.inside);
}
