import type { WrittenClient } from "../../policy/index.ts";

type Mounts = NonNullable<WrittenClient["mounts"]>;
type Devices = NonNullable<WrittenClient["devices"]>;

/** Rules that allow what either of two allows, and as little more as the language can say. */
export function mergeClients(left: WrittenClient, right: WrittenClient): WrittenClient {
  const merged: Record<string, unknown> = { ...left };
  for (const [name, value] of Object.entries(right)) {
    const before = merged[name];
    merged[name] = before === undefined ? value : mergeSection(name, before, value);
  }
  return merged;
}

function mergeSection(name: string, left: unknown, right: unknown): unknown {
  switch (name) {
    case "mounts":
      return mergeMounts(left as Mounts, right as Mounts);
    case "devices":
      return mergeDevices(left as Devices, right as Devices);
    case "range":
      return mergeRange(String(left), String(right));
    default:
      break;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return [...new Set([...left, ...right])].sort();
  }
  if (typeof left === "object" && typeof right === "object" && left !== null && right !== null) {
    return Object.fromEntries(
      [...new Set([...Object.keys(left), ...Object.keys(right)])].map((key) => {
        const [one, other] = [(left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]];
        return [key, one === undefined ? other : other === undefined ? one : mergeSection(key, one, other)];
      }),
    );
  }
  return wider(left, right);
}

/** Words of the language from the narrowest to the widest. */
const WIDTHS: readonly (readonly unknown[])[] = [
  ["none", "loopback", "any"],
  ["none", "own", "any"],
  ["only", "any"],
  ["default", "any"],
  ["strict", "tolerant"],
  [false, true],
];

function wider(left: unknown, right: unknown): unknown {
  if (typeof left === "number" && typeof right === "number") {
    return Math.max(left, right);
  }
  const scale = WIDTHS.find((words) => words.includes(left) && words.includes(right));
  return scale !== undefined && scale.indexOf(left) > scale.indexOf(right) ? left : right;
}

function mergeMounts(left: Mounts, right: Mounts): Mounts {
  const byPath = new Map<string, Mounts[number]>();
  for (const mount of [...left, ...right]) {
    // Another propagation is another rule: one path need not have all that any path has.
    const key = JSON.stringify([mount.path, mount.propagation ?? [], mount.sockets === true]);
    const known = byPath.get(key);
    byPath.set(key, known?.access === "read-write" ? known : mount);
  }
  return [...byPath.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

function mergeDevices(left: Devices, right: Devices): Devices {
  const byPath = new Map<string, Set<string>>();
  for (const { path, access = "rw" } of [...left, ...right]) {
    byPath.set(path, new Set([...(byPath.get(path) ?? []), ...access]));
  }
  return [...byPath]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, letters]) => ({ path, access: ["r", "w", "m"].filter((letter) => letters.has(letter)).join("") }));
}

/** `0-0` stands for no fixed port at all. */
function mergeRange(left: string, right: string): string {
  if (left === NO_PORTS || right === NO_PORTS) {
    return left === NO_PORTS ? right : left;
  }
  const [lows, highs] = [0, 1].map((index) => [left, right].map((range) => Number(range.split("-")[index])));
  return `${Math.min(...(lows ?? []))}-${Math.max(...(highs ?? []))}`;
}

/** The range of clients that let the engine choose ports. */
export const NO_PORTS = "0-0";
