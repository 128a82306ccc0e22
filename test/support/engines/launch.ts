/** Starts the processes of an engine, so that they outlive the one that starts them. */
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { EngineTestError } from "./engine-test-error.ts";
import { LOG_TAIL_CHARACTERS_MAX } from "./limits.ts";
import { ENGINE_MARK } from "./processes.ts";
import { enginePath } from "./programs.ts";

/** Starts a program that carries the engine's mark, writes to the engine's log and shares neither terminal nor pipes with us. */
export function launch(
  folder: string,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): number {
  const log = openSync(logPath(folder), "a");
  const child = spawn(program, args, {
    cwd: folder,
    detached: true,
    stdio: ["ignore", log, log],
    env: { PATH: enginePath(), LANG: "C.UTF-8", ...env, [ENGINE_MARK]: folder },
  });
  closeSync(log);
  // A program that cannot be run has no pid, which is told below; without a listener the event would end the test run.
  child.once("error", () => undefined);
  child.unref();
  if (child.pid === undefined) {
    throw new EngineTestError("ENGINE_START_FAILED", `cannot run ${program}: is it installed?`);
  }
  return child.pid;
}

/** The end of the engine's log, as the end of an error message. */
export function logTail(folder: string): string {
  return `. The end of its log:\n${readFileSync(logPath(folder), "utf8").slice(-LOG_TAIL_CHARACTERS_MAX)}`;
}

function logPath(folder: string): string {
  return join(folder, "engine.log");
}
