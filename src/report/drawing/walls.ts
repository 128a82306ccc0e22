import { gainKind } from "../../findings/index.ts";
import type { AuditDocument } from "../audit-schema.ts";

/** The eight outer walls: Linux namespaces, clockwise from the top of the picture. */
export const NAMESPACE_WALLS = ["mnt", "pid", "net", "ipc", "uts", "user", "cgroup", "time"] as const;

/** The four walls of the inner room. */
export const ROOM_WALLS = ["capabilities", "seccomp", "lsm", "identity"] as const;

/** The four ways through from the host. */
export const WAYS = ["mounts", "sockets", "devices", "cgroup-tree"] as const;

/** Everything that stands between a container and its host in the picture. */
export const WALLS = [...NAMESPACE_WALLS, ...ROOM_WALLS, ...WAYS] as const;

/** One of them. */
export type Wall = (typeof WALLS)[number];

/**
 * How a wall stands. It comes from the proofs, never from a flag: `open` is part of a certain path to root on the host,
 * `weakened` of a lesser or only possible one, `unknown` waits for a fact that decides, `absent` is not there and no
 * path uses that, `holds` separates.
 */
export type WallState = "holds" | "absent" | "weakened" | "open" | "unknown";

/** A wall's state and the fact that made it so. */
export interface WallReading {
  readonly state: WallState;
  /** The fact in the vocabulary's words; none for a wall that holds or is absent. */
  readonly fact?: string;
}

/** The state of all sixteen. */
export type Plan = Readonly<Record<Wall, WallReading>>;

type Workload = AuditDocument["workloads"][number];
type Evidence = Workload["paths"][number]["steps"][number]["because"][number];

/** Facts by their beginning, the longer ones first where one contains another. */
const WALLS_OF_FACT: readonly (readonly [string, readonly Wall[]])[] = [
  ["privileged", ["capabilities", "seccomp", "lsm", "devices"]],
  ["cap", ["capabilities"]],
  ["seccomp.", ["seccomp"]],
  ["lsm.", ["lsm"]],
  ["apparmor.", ["lsm"]],
  ["selinux.", ["lsm"]],
  ["userns.", ["user"]],
  ["uid", ["identity"]],
  ["hostuid0", ["identity"]],
  ["user.", ["identity"]],
  ["setuid.", ["identity"]],
  ["nnp", ["identity"]],
  ["ns.pid", ["pid"]],
  ["ns.net", ["net"]],
  ["ns.ipc", ["ipc"]],
  ["ns.uts", ["uts"]],
  ["ns.cgroup", ["cgroup"]],
  ["mount.", ["mounts"]],
  ["proc.", ["mnt"]],
  ["sys.", ["mnt"]],
  ["sock", ["sockets"]],
  ["client.docker-host", ["sockets"]],
  ["net.named-socket-proxy", ["sockets"]],
  ["dev", ["devices"]],
  ["image.device-nodes", ["devices"]],
  ["cgroup", ["cgroup-tree"]],
];

/** The walls that a fact is about; none for a fact of the host alone. */
export function wallsOf(fact: string): readonly Wall[] {
  const bare = fact.replace(/^not /, "");
  return WALLS_OF_FACT.find(([start]) => bare.startsWith(start))?.[1] ?? [];
}

/**
 * Whether evidence says that a wall is open. That a filter lets something through which it always lets through is no
 * opening: it counts where somebody wrote what made it so.
 */
const opens = ({ fact, presumed, from }: Evidence): boolean =>
  !/^(lsm|seccomp)\.allows/.test(fact) || (presumed !== true && from.field !== undefined);

const RANK: Readonly<Record<WallState, number>> = { open: 4, unknown: 3, weakened: 2, holds: 1, absent: 0 };

/** Reads the plan of a workload from the proofs of its audit. */
export function planOf(workload: Workload, hostFacts: Readonly<Record<string, unknown>>): Plan {
  const remapped = hostFacts["rootless"] === true || hostFacts["usernsRemap"] === true;
  const plan: Record<Wall, WallReading> = Object.fromEntries(
    WALLS.map((wall) => [wall, { state: atRest(wall, remapped) }]),
  ) as Record<Wall, WallReading>;
  const mark = (fact: string, state: WallState): void => {
    for (const wall of wallsOf(fact)) {
      if (RANK[state] > RANK[plan[wall].state]) {
        plan[wall] = { state, fact };
      }
    }
  };
  for (const { gain, certainty, steps, decidedBy } of workload.paths) {
    const { overHost, severity } = gainKind(gain);
    if (!overHost || severity === "low" || severity === "info") {
      continue;
    }
    const state = gain === "host-root" && certainty === "yes" ? "open" : "weakened";
    for (const evidence of steps.flatMap(({ because }) => because)) {
      if (opens(evidence)) {
        mark(evidence.fact, state);
      }
    }
    for (const fact of decidedBy) {
      mark(fact, "unknown");
    }
  }
  return plan;
}

function atRest(wall: Wall, remapped: boolean): WallState {
  // Docker gives every container the host's time namespace, and the host's user namespace unless it remaps.
  return wall === "time" || (wall === "user" && !remapped) || (WAYS as readonly string[]).includes(wall)
    ? "absent"
    : "holds";
}

/** How many of the sixteen are open. */
export const openWalls = (plan: Plan): number => WALLS.filter((wall) => plan[wall].state === "open").length;
