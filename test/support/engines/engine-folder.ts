/**
 * The folders that engines live in, and the note in each by which another process finds the engine again.
 *
 * They lie in SEKISHO_ENGINES_DIR, or else in the folder for temporary files.
 */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { EngineTestError } from "./engine-test-error.ts";
import { type EngineKind, isEngineKind } from "./kinds.ts";
import { ENGINE_FOLDER_CHARACTERS_MAX, ENGINES_MAX } from "./limits.ts";
import { startTicksOf } from "./processes.ts";
import type { Endpoint } from "./recipe.ts";

const FOLDER_PREFIX = "sekisho-engine-";
const STATE_FILE = "state.json";

/** The process that an engine was started for. */
export interface EngineOwner {
  readonly pid: number;
  readonly startTicks: string;
}

/** What an engine's folder says of it. */
export interface EngineState {
  readonly kind: EngineKind;
  readonly folder: string;
  /** The test run that started it; none for an engine that `npm run engine -- up` left running. */
  readonly owner?: EngineOwner;
  /** How it is reached; absent while it starts. */
  readonly endpoint?: Endpoint;
}

/** Makes a folder for a new engine. Remapped and unprivileged users must reach what is theirs in it, so they may pass. */
export function makeEngineFolder(kind: EngineKind, owner: EngineOwner): EngineState {
  const prefix = join(enginesDirectory(), `${FOLDER_PREFIX}${kind}-`);
  if (`${prefix}XXXXXX`.length > ENGINE_FOLDER_CHARACTERS_MAX) {
    throw new EngineTestError(
      "PATH_TOO_LONG",
      `${prefix}XXXXXX is longer than ${ENGINE_FOLDER_CHARACTERS_MAX} characters: set SEKISHO_ENGINES_DIR to a shorter folder`,
    );
  }
  mkdirSync(enginesDirectory(), { recursive: true, mode: 0o711 });
  const folder = mkdtempSync(prefix);
  const state = { kind, folder, owner };
  writeState(state);
  chmodSync(folder, 0o711);
  return state;
}

/** Writes the note, whole or not at all. */
export function writeState(state: EngineState): void {
  const path = join(state.folder, STATE_FILE);
  writeFileSync(`${path}.new`, `${JSON.stringify(state, undefined, 2)}\n`);
  renameSync(`${path}.new`, path);
}

/** Every engine of ours on this machine, running or not. */
export function listEngines(): EngineState[] {
  const names = existsSync(enginesDirectory()) ? readdirSync(enginesDirectory()) : [];
  const folders = names.filter((name) => name.startsWith(FOLDER_PREFIX)).map((name) => join(enginesDirectory(), name));
  if (folders.length > ENGINES_MAX) {
    throw new EngineTestError(
      "TOO_MANY_ENGINES",
      `more than ${ENGINES_MAX} engines in ${enginesDirectory()}: look at them and remove them by hand`,
    );
  }
  return folders.flatMap((folder) => readState(folder) ?? []);
}

/** The process that runs now, as an owner. */
export function currentProcess(): EngineOwner {
  return { pid: process.pid, startTicks: startTicksOf(process.pid) ?? "" };
}

/** Whether the test run that an engine was started for still goes on. */
export function isOwned(state: EngineState): boolean {
  return state.owner !== undefined && startTicksOf(state.owner.pid) === state.owner.startTicks;
}

/** Whether an engine's test run was killed before it could stop its engine. */
export function isOrphan(state: EngineState): boolean {
  return state.owner !== undefined && !isOwned(state);
}

function enginesDirectory(): string {
  return resolve(process.env["SEKISHO_ENGINES_DIR"] ?? tmpdir());
}

/** Nothing when the folder is somebody else's, is about to be filled, or is on its way out. */
function readState(folder: string): EngineState | undefined {
  if (lstatSync(folder, { throwIfNoEntry: false })?.uid !== process.geteuid?.()) {
    return undefined;
  }
  const state = parseState(join(folder, STATE_FILE));
  return isEngineState(state) && state.folder === folder ? state : undefined;
}

function parseState(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && "code" in error && error.code === "ENOENT")) {
      return undefined;
    }
    throw error;
  }
}

function isEngineState(value: unknown): value is EngineState {
  if (typeof value !== "object" || value === null || !("kind" in value) || !("folder" in value)) {
    return false;
  }
  return typeof value.kind === "string" && isEngineKind(value.kind) && typeof value.folder === "string";
}
