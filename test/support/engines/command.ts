/** Runs one program of the machine, with bounds on time and output, and never through a shell. */
import { type ExecFileException, execFile } from "node:child_process";
import { EngineTestError } from "./engine-test-error.ts";
import { COMMAND_MS_MAX, COMMAND_OUTPUT_BYTES_MAX } from "./limits.ts";
import { enginePath } from "./programs.ts";

/** How a program ended. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and with what a program runs. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
}

/** Runs a program and returns how it ended, whatever its exit status. Only a program that cannot run, or not in time, throws. */
export function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const timeoutMs = options.timeoutMs ?? COMMAND_MS_MAX;
  return new Promise((resolve, reject) => {
    const settings = {
      encoding: "utf8",
      timeout: timeoutMs,
      killSignal: "SIGKILL",
      maxBuffer: COMMAND_OUTPUT_BYTES_MAX,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: options.env ?? { ...process.env, PATH: enginePath() },
    } as const;
    const child = execFile(program, args, settings, (error, stdout, stderr) => {
      const code = exitStatus(error);
      if (code === undefined) {
        reject(commandError(program, args, timeoutMs, error));
      } else {
        resolve({ code, stdout, stderr });
      }
    });
    child.stdin?.end();
  });
}

/** Runs a program that has to succeed and returns what it printed. */
export async function runOrThrow(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const result = await runCommand(program, args, options);
  if (result.code !== 0) {
    throw new EngineTestError(
      "COMMAND_FAILED",
      `${program} ${args.join(" ")} ended with status ${result.code}: ${result.stderr.trim() || result.stdout.trim()}`,
    );
  }
  return result.stdout;
}

/** The exit status, or nothing when the program did not run to its own end. */
function exitStatus(error: ExecFileException | null): number | undefined {
  if (error === null) {
    return 0;
  }
  return typeof error.code === "number" ? error.code : undefined;
}

function commandError(program: string, args: readonly string[], timeoutMs: number, cause: unknown): EngineTestError {
  const line = `${program} ${args.join(" ")}`;
  if (cause instanceof Error && "killed" in cause && cause.killed === true) {
    return new EngineTestError("COMMAND_TIMEOUT", `${line} was killed: no end within ${timeoutMs} ms`, { cause });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EngineTestError("COMMAND_FAILED", `cannot run ${line}: ${reason}`, { cause });
}
