import { type SpawnOptions, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";

/** How long a command of the program may take in a test, on a loaded machine. */
const COMMAND_MS_MAX = 60_000;

const MAIN = resolve(import.meta.dirname, "../../src/cli/main.ts");

export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly input?: string;
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs `sekisho` as its users do: a process of its own, in a pipe, with nothing of our environment but the paths. */
export function sekisho(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const { PATH = "", HOME = "/nonexistent" } = process.env;
  const spawnOptions: SpawnOptions = {
    env: { PATH, HOME, LANG: "C.UTF-8", DOCKER_HOST: "unix:///nonexistent/docker.sock", ...options.environment },
    timeout: COMMAND_MS_MAX,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  };
  return new Promise((resolveResult, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { ...spawnOptions, stdio: ["pipe", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.stdin.on("error", () => {}); // it may end before it has read everything
    child.stdin.end(options.input ?? "");
    child.on("error", reject);
    child.on("close", (status) => resolveResult({ status, stdout, stderr }));
  });
}

/** A folder for the tests of one file. Made at once, so that what is removed afterwards is always this folder. */
export function testFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `sekisho-${name}-`));
  after(() => rmSync(folder, { recursive: true }));
  return folder;
}
