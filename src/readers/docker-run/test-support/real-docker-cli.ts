/**
 * The real `docker` command line against an imitated engine that only notes what it is asked to create. No container
 * is made: the engine is an HTTP server on a socket in a temporary folder that answers 201 to everything.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The version whose behaviour this reader follows. Another one may differ in details. */
export const FOLLOWED_VERSION = /^28\.2\./;

const ANSWER_MS_MAX = 30_000;

/** Version of the `docker` on PATH, or `undefined`. */
export function dockerCliVersion(): string | undefined {
  const result = spawnSync("docker", ["--version"], { encoding: "utf8" });
  return result.status === 0 ? /version ([\w.+-]+)/.exec(result.stdout)?.[1] : undefined;
}

/** What the command line did with a line: the body of its create request, or its refusal. */
export interface CliAnswer {
  readonly body: Record<string, unknown> | undefined;
  readonly refusal: string;
}

/** Where a line runs. */
export interface CliSurroundings {
  readonly workingDirectory: string;
  readonly homeDirectory: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a shell line that holds one `docker create`. */
export async function askRealCli(line: string, surroundings: CliSurroundings): Promise<CliAnswer> {
  const folder = await mkdtemp(join(tmpdir(), "sekisho-cli-"));
  const socket = join(folder, "engine.sock");
  const bodies: string[] = [];
  const server = await listen(socket, bodies);
  try {
    const refusal = await runShell(
      line,
      {
        PATH: process.env["PATH"] ?? "",
        HOME: surroundings.homeDirectory,
        DOCKER_HOST: `unix://${socket}`,
        DOCKER_CONFIG: folder,
        ...surroundings.environment,
      },
      surroundings.workingDirectory,
    );
    // --use-api-socket binds the socket that the command line talks to.
    const body = bodies[0]?.replaceAll(socket, "/var/run/docker.sock");
    return { body: body === undefined ? undefined : (JSON.parse(body) as Record<string, unknown>), refusal };
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function listen(socket: string, bodies: string[]): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const isCreate = request.method === "POST" && /\/containers\/create/.test(request.url ?? "");
      if (isCreate) {
        bodies.push(Buffer.concat(chunks).toString("utf8"));
      }
      response.writeHead(isCreate ? 201 : 200, {
        "content-type": "application/json",
        "api-version": "1.50",
        ostype: "linux",
        "docker-experimental": "false",
      });
      response.end(
        isCreate ? '{"Id":"0123456789ab","Warnings":[]}' : '{"ApiVersion":"1.50","Os":"linux","Version":"28.2.2"}',
      );
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, () => resolve(server));
  });
}

function runShell(line: string, env: Record<string, string>, cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn("sh", ["-c", line], {
      env,
      cwd,
      timeout: ANSWER_MS_MAX,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let errors = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      errors += chunk.toString("utf8");
    });
    child.once("error", reject);
    child.once("close", (status) => resolve(status === 0 ? "" : errors.trim() || `status ${String(status)}`));
  });
}
