/** One program of the small shell: started, fed, signalled, ended. */
import type { ExecutionObservation } from "../../capture/index.ts";
import { cleanPath } from "../files.ts";
import type { ShellCommand, ShellProcess, StartRefusal } from "../shell.ts";
import { COMMANDS } from "./commands.ts";
import { runProgram, runScript, ScriptExit } from "./interpreter.ts";
import { NO_INPUT, type ShellState, type Streams } from "./state.ts";
import type { World } from "./world.ts";

/** Observations that are kept of one program. */
const OBSERVATIONS_MAX = 200;

/** Input that waits for a program. */
const INPUT_BYTES_MAX = 1024 * 1024;

/** Programs that do not end by themselves: servers. */
const DAEMONS = new Set([
  "nginx",
  "postgres",
  "redis-server",
  "mysqld",
  "mariadbd",
  "mongod",
  "httpd-foreground",
  "apache2-foreground",
  "docker-entrypoint.sh",
  "entrypoint.sh",
  "init",
  "systemd",
  "node",
  "python3",
  "java",
  "caddy",
  "traefik",
  "memcached",
  "rabbitmq-server",
  "registry",
  "xmrig",
  "top",
]);

export function startProgram(world: World, command: ShellCommand): ShellProcess | StartRefusal {
  const [name = ""] = command.argv;
  const found = findProgram(world, name, command);
  if (typeof found === "string") {
    return found;
  }
  const workdir = command.workdir === "" ? world.place.workdir : command.workdir;
  return new Program(world, command, workdir);
}

function findProgram(world: World, name: string, command: ShellCommand): StartRefusal | undefined {
  if (name.includes("/")) {
    const node = world.get(
      cleanPath(name.startsWith("/") ? name : `${command.workdir || world.place.workdir}/${name}`),
    );
    if (node === undefined) {
      return isServer(name) ? undefined : "no-such-file";
    }
    return node.type === "directory" || (node.mode & 0o111) === 0 ? "permission-denied" : undefined;
  }
  const search = [...world.place.env, ...command.env]
    .filter((variable) => variable.startsWith("PATH="))
    .at(-1)
    ?.slice(5);
  const folders = (search ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin").split(":");
  const there = folders.some((folder) => {
    const node = world.get(`${folder}/${name}`);
    return node?.type === "file" && (node.mode & 0o111) !== 0;
  });
  return there || isServer(name) ? undefined : "not-found-in-path";
}

const isServer = (name: string): boolean => DAEMONS.has(name.slice(name.lastIndexOf("/") + 1));

class Program implements ShellProcess {
  readonly exit: Promise<number>;
  readonly #abort = new AbortController();
  readonly #observations: ExecutionObservation[] = [];
  readonly #input = new Input();
  #killed: number | undefined;

  constructor(world: World, command: ShellCommand, workdir: string) {
    const variables = new Map<string, string>();
    for (const variable of [...world.place.env, ...command.env]) {
      const equals = variable.indexOf("=");
      if (equals > 0) {
        variables.set(variable.slice(0, equals), variable.slice(equals + 1));
      }
    }
    const state: ShellState = {
      world,
      variables,
      signal: this.#abort.signal,
      observe: (line) => {
        if (this.#observations.length < OBSERVATIONS_MAX) {
          this.#observations.push({ kind: "command", value: line });
        }
      },
      workdir,
      status: 0,
      steps: 0,
    };
    if (!command.openStdin) {
      this.#input.end();
    }
    this.exit = this.#run(state, command);
  }

  write(bytes: Uint8Array): void {
    this.#input.write(bytes);
  }

  end(): void {
    this.#input.end();
  }

  resize(): void {}

  kill(signal: string): void {
    const [name = ""] = [signal];
    // As pid 1 does: without a handler of its own it only hears KILL. Shells and sleep have none.
    if (name === "KILL" || name === "STOP") {
      this.#killed = 137;
      this.#abort.abort();
      this.#input.end();
    }
  }

  observations(): readonly ExecutionObservation[] {
    return this.#observations;
  }

  async #run(state: ShellState, command: ShellCommand): Promise<number> {
    await Promise.resolve();
    const tty = command.tty !== undefined;
    const out = (send: (bytes: Uint8Array) => void) => (bytes: Uint8Array) => {
      if (!this.#abort.signal.aborted && bytes.length > 0) {
        send(tty ? Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll("\n", "\r\n"), "latin1") : bytes);
      }
    };
    const streams: Streams = { stdin: this.#input, stdout: out(command.stdout), stderr: out(command.stderr) };
    try {
      const code = await this.#main(state, command, streams, tty);
      return this.#killed ?? code;
    } catch (error) {
      if (error instanceof ScriptExit) {
        return this.#killed ?? error.code;
      }
      return this.#killed ?? 1;
    }
  }

  async #main(state: ShellState, command: ShellCommand, streams: Streams, tty: boolean): Promise<number> {
    const [name = ""] = command.argv;
    const base = name.slice(name.lastIndexOf("/") + 1);
    const isShell = ["sh", "bash", "ash", "dash"].includes(base);
    if (isShell && !command.argv.some((argument) => /^-\w*c$/.test(argument)) && command.openStdin) {
      return tty ? this.#interactive(state, streams) : this.#piped(state, streams);
    }
    if (!isShell && !Object.hasOwn(COMMANDS, base) && isServer(base)) {
      return (COMMANDS["sleep"] as NonNullable<(typeof COMMANDS)[string]>)(state, ["sleep", "infinity"], streams);
    }
    if (!isShell) {
      state.observe(command.argv.join(" "));
    }
    return runProgram(state, command.argv, streams);
  }

  /** A shell at a terminal: a prompt, an echo of what is typed, line by line. */
  async #interactive(state: ShellState, streams: Streams): Promise<number> {
    const prompt = (): void => streams.stdout(Buffer.from(`${state.workdir === "/root" ? "~" : state.workdir} # `));
    prompt();
    for (;;) {
      const line = await this.#input.readLine();
      if (line === undefined) {
        return state.status;
      }
      streams.stdout(Buffer.from(`${line}\n`));
      await runScript(state, line, { ...streams, stdin: NO_INPUT });
      prompt();
    }
  }

  async #piped(state: ShellState, streams: Streams): Promise<number> {
    for (;;) {
      const line = await this.#input.readLine();
      if (line === undefined) {
        return state.status;
      }
      await runScript(state, line, { ...streams, stdin: NO_INPUT });
    }
  }
}

/** Standard input of a program. */
class Input {
  #buffer = Buffer.alloc(0);
  #ended = false;
  #wake: (() => void) | undefined;

  write(bytes: Uint8Array): void {
    if (!this.#ended && this.#buffer.length + bytes.length <= INPUT_BYTES_MAX) {
      this.#buffer = Buffer.concat([this.#buffer, bytes]);
      this.#wake?.();
    }
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async readAll(): Promise<Buffer> {
    while (!this.#ended) {
      await this.#more();
    }
    const all = this.#buffer;
    this.#buffer = Buffer.alloc(0);
    return all;
  }

  async readLine(): Promise<string | undefined> {
    for (;;) {
      const end = this.#buffer.findIndex((byte) => byte === 10 || byte === 13);
      if (end >= 0) {
        const line = this.#buffer.toString("utf8", 0, end);
        const skip = this.#buffer[end] === 13 && this.#buffer[end + 1] === 10 ? 2 : 1;
        this.#buffer = this.#buffer.subarray(end + skip);
        return line;
      }
      if (this.#ended) {
        const rest = this.#buffer.toString("utf8");
        this.#buffer = Buffer.alloc(0);
        return rest === "" ? undefined : rest;
      }
      await this.#more();
    }
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
    });
  }
}
