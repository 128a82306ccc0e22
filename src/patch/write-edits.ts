import { isDeepStrictEqual } from "node:util";
import type { HostFacts, Workload } from "../facts/index.ts";
import { applyEdit } from "../remedies/index.ts";
import { composePatches, type FilePatch, type PatchContext } from "./compose-patch.ts";

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
  return context.workload.kind === "service" ? composePatches(edit, context) : [];
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
      if (old.id !== id) {
        return isDeepStrictEqual(meant(now), meant(old));
      }
      const asked = applyEdit({ workload: old, host }, edit).workload;
      return sameButPaths(meant(now), meant(asked), edit) || onlyNetwork(meant(now), meant(asked), edit);
    })
  );
}

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
    const clean = Array.isArray(value) ? value.filter((entry) => !isNothing(entry)).map(asMeant) : value;
    return isNothing(clean) || (NEUTRAL_VALUES[key] ?? []).includes(clean as string) ? [] : [[key, clean]];
  });
  return Object.fromEntries(kept);
}

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
