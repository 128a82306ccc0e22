import type { Draft } from "./draft.ts";
import { reasonFor } from "./draft.ts";
import type { FlagUse } from "./flag.ts";
import { cut } from "./go-values.ts";
import { DRAWN_FILE_CHARACTERS_MAX } from "./limits.ts";
import { refusedBecause, unresolvedBecause } from "./messages.ts";
import { addEntry } from "./simple-effects.ts";

/** Names that the engine knows itself; anything else names a file. */
const BUILT_IN_PROFILES: ReadonlySet<string> = new Set(["unconfined", "builtin"]);

/** One `--security-opt` flag: what the command line does with it before the engine sees it (docker/cli 28.2). */
export function addSecurityOption(draft: Draft, use: FlagUse): void {
  const text = use.value?.text ?? "";
  const [key, value] = text.includes("=") ? cut(text, "=") : cut(text, ":");
  const isKnown = use.value?.unknown.length === 0;
  if (isKnown && (value ?? "") === "" && key !== "no-new-privileges") {
    draft.refuse(use, refusedBecause.badSecurityOption);
  }
  if (text === "systempaths=unconfined") {
    clearPaths(draft, use);
  } else if (key === "seccomp" && value !== undefined && !BUILT_IN_PROFILES.has(value)) {
    addSeccompProfile(draft, use, value);
  } else {
    addEntry(draft, use, "HostConfig", "SecurityOpt", text, false);
  }
}

/** The command line takes the option out and sends empty lists instead. */
function clearPaths(draft: Draft, use: FlagUse): void {
  draft.host.MaskedPaths = [];
  draft.host.ReadonlyPaths = [];
  draft.put("HostConfig.MaskedPaths", use);
  draft.put("HostConfig.ReadonlyPaths", use);
}

/** The command line sends the content of the file. Without it only the profile is open, not the other options. */
function addSeccompProfile(draft: Draft, use: FlagUse, path: string): void {
  const part = use.value?.unknown[0];
  const content = part === undefined ? draft.surroundings.readFile?.(path) : undefined;
  const compact = content === undefined ? undefined : compactJson(content);
  if (content !== undefined && compact === undefined) {
    draft.refuse(use, refusedBecause.badProfile);
  }
  const field = addEntry(draft, use, "HostConfig", "SecurityOpt", `seccomp=${compact ?? path}`, true);
  if (compact === undefined) {
    const because = part === undefined ? unresolvedBecause.file(path) : reasonFor(part, path);
    draft.leaveOpen(field, because);
    draft.leaveOpen("seccomp", because);
  }
}

/** json.Compact: the text without the blanks between its tokens; numbers and escapes stay as written. */
export function compactJson(text: string): string | undefined {
  if (text.length > DRAWN_FILE_CHARACTERS_MAX) {
    return undefined;
  }
  try {
    JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
  return text.replace(/("(?:[^"\\]|\\.)*")|[ \t\r\n]+/g, (_match, string: string | undefined) => string ?? "");
}
