import type { ServiceDraft } from "./draft.ts";
import { put } from "./draft.ts";
import { hostPath } from "./host-paths.ts";
import { SECCOMP_PROFILE_CHARACTERS_MAX } from "./limits.ts";
import { MESSAGES, REASONS } from "./messages.ts";
import { itemsOf, type Written } from "./tree.ts";
import { listOf, refuse, textOf } from "./values.ts";
import type { ReadText } from "./variables.ts";

const FIELD = "HostConfig.SecurityOpt";

/** Values of `seccomp` that are no file. */
const SECCOMP_WORDS = new Set(["unconfined", "builtin"]);

/**
 * `security_opt`, as Compose hands it on (docker/compose, parseSecurityOpts): `systempaths=unconfined` empties the
 * masked and read-only paths, a seccomp file becomes the profile itself, the rest goes as it is.
 */
export function readSecurityOptions(draft: ServiceDraft, written: Written): void {
  draft.at(FIELD, written.node);
  const list = listOf(draft, written, FIELD);
  if (list === undefined) {
    leaveAllOpen(draft, REASONS.wrongType("list"));
    return;
  }
  const options: string[] = [];
  for (const item of itemsOf(list, written.path)) {
    const read = textOf(draft.file.problems, item);
    if (read === undefined) {
      leaveAllOpen(draft, REASONS.wrongType("text"));
      continue;
    }
    const option = readOption(draft, item, read, `${FIELD}[${options.length}]`);
    if (option !== undefined) {
      draft.at(`${FIELD}[${options.length}]`, item.node);
      options.push(option);
    }
  }
  put(draft.host, "SecurityOpt", options);
}

function readOption(draft: ServiceDraft, item: Written, read: ReadText, field: string): string | undefined {
  if (read.reason !== undefined) {
    draft.leaveOpen(field, read.reason);
    draft.leaveOpen(FIELD, read.reason);
    if (mayBeSystemPaths(read.text)) {
      leaveAllOpen(draft, read.reason);
    }
    return read.text;
  }
  const separator = read.text.includes("=") ? "=" : ":";
  const at = read.text.indexOf(separator);
  const name = at === -1 ? read.text : read.text.slice(0, at);
  const value = at === -1 ? undefined : read.text.slice(at + 1);
  if (value === undefined && name !== "no-new-privileges") {
    return refuse(draft, item, FIELD, "securityOption");
  }
  if (name === "systempaths" && value === "unconfined") {
    draft.at("HostConfig.MaskedPaths", item.node);
    draft.at("HostConfig.ReadonlyPaths", item.node);
    draft.host.MaskedPaths = [];
    draft.host.ReadonlyPaths = [];
    return undefined;
  }
  if (name === "seccomp" && value !== undefined && !SECCOMP_WORDS.has(value)) {
    return readProfile(draft, item, value, field);
  }
  return read.text;
}

/** Whether a text with variables can turn out as `systempaths=unconfined`. */
function mayBeSystemPaths(text: string): boolean {
  const known = text.slice(0, text.indexOf("$"));
  return "systempaths=unconfined".startsWith(known) || "systempaths:unconfined".startsWith(known);
}

function leaveAllOpen(draft: ServiceDraft, reason: string): void {
  for (const field of [FIELD, "HostConfig.MaskedPaths", "HostConfig.ReadonlyPaths"]) {
    draft.leaveOpen(field, reason);
  }
}

function readProfile(draft: ServiceDraft, item: Written, path: string, field: string): string {
  const { options, problems } = draft.file;
  const resolved = hostPath(path, draft.baseOf(item.node));
  const profile = resolved.reason === undefined ? options.readFile?.(resolved.text) : undefined;
  if (profile !== undefined && isProfile(profile)) {
    return `seccomp=${compactJson(profile)}`;
  }
  problems.note(item, profile === undefined ? MESSAGES.profileUnread(path) : MESSAGES.badProfile(path));
  draft.leaveOpen(field, REASONS.profile(path));
  draft.leaveOpen(FIELD, REASONS.profile(path));
  return `seccomp=${resolved.text}`;
}

function isProfile(text: string): boolean {
  if (text.length > SECCOMP_PROFILE_CHARACTERS_MAX) {
    return false;
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return false;
    }
    throw error;
  }
}

/** JSON without the space between its tokens, as Go's json.Compact leaves it. Nothing is read and written anew. */
function compactJson(text: string): string {
  return text.replace(/("[^"\\]*(?:\\.[^"\\]*)*")|\s+/g, "$1");
}
