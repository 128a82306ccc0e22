/**
 * Which processes belong to an engine.
 *
 * No pid is ever taken from a file: pids are reused, and a file in a temporary folder is no reason to kill. A process is
 * ours when the kernel says so, in one of four ways:
 * - its environment has the mark that the engine was started with (relays, and most of the rest);
 * - it lives in the mount namespace that private-host.sh made (conmon, whose environment Podman has cleared);
 * - its root file system lies in the engine's folder (a container);
 * - its parent is ours (what runs in a container with a root of its own).
 */
import { readdirSync, readFileSync } from "node:fs";
import { parseMounts } from "./mounts.ts";

/** The environment variable that marks the processes of an engine; its value is the engine's folder. */
export const ENGINE_MARK = "SEKISHO_ENGINE_FOLDER";

/** What `/proc/PID/stat` says. */
interface ProcessStat {
  readonly parentPid: number;
  readonly state: string;
  readonly threads: number;
  /** Clock ticks since boot. With the pid, it names a process for good. */
  readonly startTicks: string;
}

/** The pids of an engine, without those that have ended. */
export function processesOf(folder: string): number[] {
  const parents = new Map<number, number>();
  const own = new Set<number>();
  for (const pid of allPids()) {
    const stat = readStat(pid);
    if (stat !== undefined && !hasEnded(stat)) {
      parents.set(pid, stat.parentPid);
      if (carriesMark(pid, folder) || seesMountsOf(pid, folder)) {
        own.add(pid);
      }
    }
  }
  addDescendants(own, parents);
  return [...own].filter((pid) => pid > 1 && pid !== process.pid);
}

/**
 * Looks at an engine's processes again and again and forgets none: one that is ending has already given up its
 * environment and its root, by which {@link processesOf} knows it, but not yet its sockets and mounts.
 */
export function followProcessesOf(folder: string): () => number[] {
  const seen = new Map<number, string>();
  return () => {
    for (const pid of processesOf(folder)) {
      seen.set(pid, readStat(pid)?.startTicks ?? "");
    }
    for (const [pid, startTicks] of seen) {
      const stat = readStat(pid);
      if (stat === undefined || stat.startTicks !== startTicks || hasEnded(stat)) {
        seen.delete(pid);
      }
    }
    return [...seen.keys()];
  };
}

/** Sends a signal to processes that may have ended meanwhile. */
export function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch (error) {
      if (!hasCode(error, ["ESRCH"])) {
        throw error;
      }
    }
  }
}

/** When a process was started, or nothing when it is gone. */
export function startTicksOf(pid: number): string | undefined {
  return readStat(pid)?.startTicks;
}

function allPids(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^[1-9][0-9]*$/.test(name))
    .map(Number);
}

function readStat(pid: number): ProcessStat | undefined {
  const text = readProc(pid, "stat");
  if (text === undefined) {
    return undefined;
  }
  // The second field, the program's name in parentheses, may itself hold spaces and parentheses: see proc(5).
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, parentPid] = fields;
  const threads = fields[17];
  const startTicks = fields[19];
  return state === undefined || startTicks === undefined
    ? undefined
    : { state, parentPid: Number(parentPid), threads: Number(threads), startTicks };
}

/** Ended with all its threads, and only waits for its parent to ask how. */
function hasEnded(stat: ProcessStat): boolean {
  return (stat.state === "Z" && stat.threads <= 1) || stat.state === "X";
}

function carriesMark(pid: number, folder: string): boolean {
  return (readProc(pid, "environ") ?? "").split("\0").includes(`${ENGINE_MARK}=${folder}`);
}

/**
 * Whether a process sees the engine's private /run, which private-host.sh names after the folder, or a container's root:
 * overlay names its layers, a bind mount its place on the disk. Other mounts say nothing: a container of one engine may
 * have a file of another bound into it.
 */
function seesMountsOf(pid: number, folder: string): boolean {
  const mounts = parseMounts(readProc(pid, "mountinfo") ?? "");
  const root = mounts.findLast((mount) => mount.mountPoint === "/");
  return (
    mounts.some((mount) => mount.source === folder) ||
    (root !== undefined && (root.root.startsWith(`${folder}/`) || root.superOptions.includes(`${folder}/`)))
  );
}

function addDescendants(own: Set<number>, parents: ReadonlyMap<number, number>): void {
  for (let before = -1; before !== own.size; ) {
    before = own.size;
    for (const [pid, parentPid] of parents) {
      if (own.has(parentPid)) {
        own.add(pid);
      }
    }
  }
}

function readProc(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch (error) {
    if (hasCode(error, UNREADABLE)) {
      return undefined;
    }
    throw error;
  }
}

/** A process may end between two system calls, and what belongs to others may be closed to us. */
const UNREADABLE = ["ENOENT", "ESRCH", "EINVAL", "EACCES", "EPERM"];

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
