import type { Draft } from "./draft.ts";
import { reasonFor, unknownIn } from "./draft.ts";
import type { FlagUse, FlagValue } from "./flag.ts";
import { cut } from "./go-values.ts";
import { refusedBecause, unresolvedBecause } from "./messages.ts";
import { absolutePath } from "./paths.ts";
import { addEntry } from "./simple-effects.ts";

/** A `--volume` value taken apart. */
export interface VolumeParts {
  /** Host path or volume name; `undefined` for an anonymous volume. */
  readonly source: string | undefined;
  readonly target: string;
  readonly options: string;
  readonly isBind: boolean;
}

/**
 * Takes a `--volume` value apart as docker/cli 28.2 does (cli/compose/loader/volume.go). One letter before a colon is a
 * Windows drive even on Linux, so `x:/y` is an anonymous volume at the odd path `x:/y`. `undefined`: refused.
 */
export function parseVolume(spec: string): VolumeParts | undefined {
  if (spec.length <= 2) {
    return spec === "" ? undefined : { source: undefined, target: spec, options: "", isBind: false };
  }
  const sections: string[] = [];
  let drive = "";
  for (const section of spec.split(":")) {
    if (drive === "" && /^\p{L}$/u.test(section)) {
      drive = section;
    } else {
      sections.push(drive === "" ? section : `${drive}:${section}`);
      drive = "";
    }
  }
  sections.push(...(drive === "" ? [] : [drive]));
  if (sections.length > 3 || sections.includes("")) {
    return undefined;
  }
  const [first = "", target, options = ""] = sections;
  return target === undefined
    ? { source: undefined, target: first, options, isBind: false }
    : { source: first, target, options, isBind: /^([./~]|\\\\|\p{L}:)/u.test(first) };
}

/**
 * All `--volume` flags: those with a source become binds as written, with a relative host path made absolute; the rest
 * become anonymous volumes. The command line keeps them in a set, so a repeated value counts once.
 */
export function assembleVolumes(draft: Draft): void {
  const seen = new Set<string>();
  for (const use of draft.usesOf("volume")) {
    const { value } = use;
    if (value === undefined || seen.has(value.text)) {
      continue;
    }
    seen.add(value.text);
    const parts = parseVolume(value.text);
    if (parts === undefined) {
      draft.refuse(use, refusedBecause.badVolume);
    }
    if (parts !== undefined && parts.source === undefined && value.unknown.length === 0) {
      addEntry(draft, use, "Config", "Volumes", value.text, false);
    } else {
      addBind(draft, use, value, parts);
    }
  }
}

function addBind(draft: Draft, use: FlagUse, value: FlagValue, parts: VolumeParts | undefined): void {
  const { workingDirectory } = draft.surroundings;
  const [hostPath, rest = ""] = cut(value.text, ":");
  const isRelative = parts?.isBind === true && hostPath.startsWith(".");
  const bind =
    isRelative && workingDirectory !== undefined ? `${absolutePath(workingDirectory, hostPath)}:${rest}` : value.text;
  const field = addEntry(draft, use, "HostConfig", "Binds", bind, true);
  const target = parts?.target ?? "";
  const unknown = unknownIn(`${parts?.source ?? value.text}:${parts?.options ?? ""}`, value);
  if (unknown === undefined && value.unknown[0] !== undefined) {
    // Only the container path is open, which says nothing of the host.
    draft.unresolved.delete(field);
    draft.leaveOpen(`${field}.Target`, reasonFor(value.unknown[0], target));
  }
  if (isRelative && workingDirectory === undefined) {
    draft.leaveOpen(field, unresolvedBecause.workingDirectory(hostPath));
  }
}
