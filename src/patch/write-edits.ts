import { isDeepStrictEqual } from "node:util";
import { type HostFacts, parseCapability, type Workload } from "../facts/index.ts";
import { applyEdit } from "../remedies/index.ts";
import { composePatches } from "./compose-patch.ts";
import type { FilePatch, PatchContext } from "./file-patch.ts";
import { kubernetesPatches } from "./kubernetes-patch.ts";
import { runLinePatches } from "./run-line-patch.ts";

/** Texts of files by uri, as they are now. */
export type Texts = ReadonlyMap<string, string>;

/** How the files of a project are read again after a change. Throws when they cannot be. */
export type ReadAgain = (texts: Texts) => readonly Workload[];

/** What came of writing edits. */
export interface Written {
  readonly texts: Texts;
  /** Edits that could not be written into the files. */
  readonly left: readonly string[];
}

/**
 * Writes edits of one workload into the files that it was read from, one after the other. After each the files are read
 * again: the edit has to hold, and nothing else may have changed, neither in this workload nor in another one. An edit
 * for which no way of writing does that is left.
 */
export function writeEdits(
  id: string,
  edits: readonly string[],
  texts: Texts,
  host: HostFacts,
  readAgain: ReadAgain,
): Written {
  let current = texts;
  const left: string[] = [];
  for (const edit of edits) {
    const next = writeEdit(id, edit, current, host, readAgain);
    if (next === undefined) {
      left.push(edit);
    } else {
      current = next;
    }
  }
  return { texts: current, left };
}

function writeEdit(id: string, edit: string, texts: Texts, host: HostFacts, readAgain: ReadAgain): Texts | undefined {
  const before = readAgain(texts);
  const workload = before.find((entry) => entry.id === id);
  if (workload === undefined) {
    return undefined;
  }
  const wanted = applyEdit({ workload, host }, edit).workload;
  const context: PatchContext = { workload, wanted, textOf: (uri) => texts.get(uri) };
  for (const patches of waysFor(edit, context)) {
    const after = patched(texts, patches);
    if (holds(id, edit, before, after, host, readAgain)) {
      return after;
    }
  }
  return undefined;
}

function waysFor(edit: string, context: PatchContext): readonly (readonly FilePatch[])[] {
  switch (context.workload.kind) {
    case "service":
      return composePatches(edit, context);
    case "pod":
      return kubernetesPatches(edit, context);
    case "run-line":
      return runLinePatches(edit, context);
    default:
      return [];
  }
}

function patched(texts: Texts, patches: readonly FilePatch[]): Texts {
  const after = new Map(texts);
  for (const { uri, text } of patches) {
    after.set(uri, text);
  }
  return after;
}

function holds(
  id: string,
  edit: string,
  before: readonly Workload[],
  texts: Texts,
  host: HostFacts,
  readAgain: ReadAgain,
): boolean {
  let after: readonly Workload[];
  try {
    after = readAgain(texts);
  } catch {
    return false; // no longer what it was: this way is none
  }
  return (
    after.length === before.length &&
    before.every((old, index) => {
      const now = after[index];
      if (now === undefined || now.id !== old.id) {
        return false;
      }
      const asked = () => meant(applyEdit({ workload: old, host }, edit).workload);
      if (old.id !== id) {
        // What stands on the pod is there for each of its containers.
        const unchanged = sameMeaning(meant(now), meant(old)) && sameMembership(now, old);
        return unchanged || (samePod(old, before, id) && sameMeaning(meant(now), asked()));
      }
      return sameButPaths(meant(now), asked(), edit) || onlyNetwork(meant(now), asked(), edit);
    })
  );
}

function samePod(workload: Workload, all: readonly Workload[], id: string): boolean {
  const { pod } = workload.surroundings;
  return pod !== undefined && all.find((other) => other.id === id)?.surroundings.pod?.pod === pod.pod;
}

/** What the pod gives its containers beside their configuration. */
function sameMembership({ surroundings: { pod: now } }: Workload, { surroundings: { pod: old } }: Workload): boolean {
  return (
    now === old ||
    (now !== undefined &&
      old !== undefined &&
      (["refused", "hostUsers", "procMount", "hostProcess", "windows", "runAsNonRoot"] as const).every(
        (key) => now[key] === old[key],
      ))
  );
}

const sameMeaning = (now: Meant, asked: Meant): boolean => isDeepStrictEqual(now, asked);

/** One option of Compose stands for both lists of paths. */
function sameButPaths(now: Meant, asked: Meant, edit: string): boolean {
  if (!/^HostConfig\.(?:Masked|Readonly)Paths=/.test(edit)) {
    return isDeepStrictEqual(now, asked);
  }
  const withoutPaths = ({ Config, HostConfig: { MaskedPaths: _, ReadonlyPaths: __, ...rest } }: Meant) => [
    Config,
    rest,
  ];
  return isDeepStrictEqual(withoutPaths(now), withoutPaths(asked));
}

/** A container without a mode joins its project's network, which is as much its own as the bridge that the edit names. */
function onlyNetwork(now: Meant, asked: Meant, edit: string): boolean {
  if (!edit.startsWith("HostConfig.NetworkMode=")) {
    return false;
  }
  const { NetworkMode: own = "", ...rest } = now.HostConfig;
  const { NetworkMode: _, ...others } = asked.HostConfig;
  const apart = own !== "host" && !(own as string).startsWith("container:");
  return apart && isDeepStrictEqual({ ...now, HostConfig: rest }, { ...asked, HostConfig: others });
}

interface Meant {
  readonly Config: Readonly<Record<string, unknown>>;
  readonly HostConfig: Readonly<Record<string, unknown>>;
}

/** A configuration without what means nothing: entries that were taken away, empty lists, switches that are off. */
function meant({ config }: Workload): Meant {
  return { Config: withoutNothing(config.Config), HostConfig: withoutNothing(config.HostConfig) };
}

function withoutNothing(values: object): Readonly<Record<string, unknown>> {
  const kept = Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
    const spelled = key === "CapAdd" || key === "CapDrop" ? capability : asMeant;
    const entries = Array.isArray(value) ? value.filter((entry) => !isNothing(entry)).map(spelled) : value;
    const clean = key === "SecurityOpt" ? byKind(entries as string[]) : entries;
    return isNothing(clean) || (NEUTRAL_VALUES[key] ?? []).includes(clean as string) ? [] : [[key, clean]];
  });
  return Object.fromEntries(kept);
}

/** With or without `CAP_`. */
const capability = (name: unknown): unknown => (typeof name === "string" ? (parseCapability(name) ?? name) : name);

/** Options of different kinds do not get in each other's way; of one kind the later ones win. */
const byKind = (options: readonly string[]): readonly string[] => {
  const kind = (option: string) => option.split(/[:=]/, 1)[0] ?? "";
  return options.toSorted((left, right) => (kind(left) < kind(right) ? -1 : kind(left) > kind(right) ? 1 : 0));
};

/** Values that say what the engine does anyway. */
const NEUTRAL_VALUES: Readonly<Record<string, readonly string[]>> = {
  IpcMode: ["private", "shareable"],
  PidMode: ["private"],
  Runtime: ["runc"],
};

const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === "" ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === "object" &&
    value !== null &&
    (("Type" in value && value.Type === "removed") || ("PathOnHost" in value && value.PathOnHost === "")));

/** The options of a bind in any order, and `no-new-privileges` in any spelling. */
function asMeant(entry: unknown): unknown {
  if (typeof entry !== "string") {
    return entry;
  }
  if (/^no-new-privileges([:=]true)?$/.test(entry)) {
    return "no-new-privileges";
  }
  return /^\/.*:\/.*:[a-zA-Z,]+$/.test(entry)
    ? entry.replace(
        /:([a-zA-Z,]+)$/,
        (_, o: string) =>
          `:${o
            .split(",")
            .filter((x) => x !== "rw")
            .sort()
            .join(",")}`,
      )
    : entry;
}
