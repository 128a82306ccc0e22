import type { Draft } from "./draft.ts";
import { reasonFor } from "./draft.ts";
import type { FlagUse } from "./flag.ts";
import { cut } from "./go-values.ts";
import { DRAWN_FILE_CHARACTERS_MAX } from "./limits.ts";
import { refusedBecause, unresolvedBecause } from "./messages.ts";
import { addEntry, putInMap } from "./simple-effects.ts";

/**
 * All `--env-file` and `--env` flags: files first, and of several `--env` with one name the last. A name without a
 * value is taken from the environment of the command line.
 */
export function assembleEnvironment(draft: Draft): void {
  for (const use of draft.usesOf("env-file")) {
    for (const line of linesOfFile(draft, use, "Config.Env")) {
      addVariable(draft, use, line);
    }
  }
  const byName = new Map<string, FlagUse>();
  for (const use of draft.usesOf("env")) {
    const [name] = cut(use.value?.text ?? "", "=");
    if (name === "") {
      draft.refuse(use, refusedBecause.emptyKey);
    } else {
      byName.set(name, use);
    }
  }
  for (const use of byName.values()) {
    addVariable(draft, use, use.value?.text ?? "");
  }
}

function addVariable(draft: Draft, use: FlagUse, text: string): void {
  const assigned = text.includes("=") ? undefined : draft.environment.get(text);
  const field = addEntry(draft, use, "Config", "Env", assigned === undefined ? text : `${text}=${assigned.text}`, true);
  const part = assigned?.unknown[0];
  if (part !== undefined) {
    draft.leaveOpen(field, reasonFor(part, assigned?.text ?? ""));
  } else if (assigned === undefined && !text.includes("=") && !draft.unresolved.has(field)) {
    draft.leaveOpen(field, unresolvedBecause.callersEnvironment(text));
  }
}

/** All `--label-file` and `--label` flags; the last of a name wins, and flags win over files. */
export function assembleLabels(draft: Draft): void {
  for (const use of draft.usesOf("label-file")) {
    for (const line of linesOfFile(draft, use, "Config.Labels")) {
      putLabel(draft, use, line);
    }
  }
  for (const use of draft.usesOf("label")) {
    const text = use.value?.text ?? "";
    const key = cut(text, "=")[0].trimStart();
    if ((key === "" || /\s/.test(key)) && use.value?.unknown.length === 0) {
      draft.refuse(use, refusedBecause.badLabel);
    } else {
      putLabel(draft, use, text);
    }
  }
}

function putLabel(draft: Draft, use: FlagUse, text: string): void {
  const [key, value = ""] = cut(text, "=");
  putInMap(draft, use, "Config", "Labels", key, value);
}

/** The lines of a file of `key=value`, without comments and blank lines (docker/cli pkg/kvfile). */
function linesOfFile(draft: Draft, use: FlagUse, field: string): readonly string[] {
  const path = use.value?.text ?? "";
  const part = use.value?.unknown[0];
  const content = part === undefined ? draft.surroundings.readFile?.(path) : undefined;
  if (content === undefined || content.length > DRAWN_FILE_CHARACTERS_MAX) {
    draft.place(field, use.value?.offset ?? use.offset, use.offset);
    draft.leaveOpen(field, part === undefined ? unresolvedBecause.file(path) : reasonFor(part, path));
    return [];
  }
  return content
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line) => line.trimStart())
    .filter((line) => line !== "" && !line.startsWith("#"));
}
