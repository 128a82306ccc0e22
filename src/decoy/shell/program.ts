/** One program of a container: started, fed, signalled, ended; its output is told at the times at which it was printed. */
import type { ExecutionObservation } from "../capture/index.ts";
import { Input } from "./input.ts";
import type { Job, JobResult, ShellMemory } from "./job.ts";
import type { JobFailure } from "./pool.ts";
import { isServer, isShell } from "./programs.ts";
import type { ShellCommand, ShellPlace, ShellProcess } from "./shell.ts";
import { LineEditor } from "./terminal.ts";

/** Observations that are kept of one program. */
export const OBSERVATIONS_MAX = 200;

/** Longest wait for input that a script may want, milliseconds. */
const INPUT_MS_MAX = 3000;

/** Longest time that a timer takes. */
const TIMER_MS_MAX = 2 ** 31 - 1;

const SIGNALS: Readonly<Record<string, number>> = { HUP: 1, INT: 2, QUIT: 3, KILL: 9, TERM: 15, STOP: 19 };

/** What a program needs of its container. */
export interface Surroundings {
  readonly place: Omit<ShellPlace, "layers">;
  readonly hurried: boolean;
  /** Runs a job on the container's files, and keeps what it wrote. */
  run(make: (trees: Pick<Job, "trees" | "mounts" | "place">) => Job): Promise<JobResult | JobFailure>;
}

export class Program implements ShellProcess {
  readonly exit: Promise<number>;
  readonly #around: Surroundings;
  readonly #command: ShellCommand;
  readonly #observations: ExecutionObservation[] = [];
  readonly #input = new Input();
  readonly #timers = new Set<NodeJS.Timeout>();
  #memory: ShellMemory;
  #finish: (status: number) => void = () => {};
  #ended = false;

  constructor(around: Surroundings, command: ShellCommand, variables: Readonly<Record<string, string>>, cwd: string) {
    this.#around = around;
    this.#command = command;
    this.#memory = { cwd, variables, functions: "", status: 0 };
    if (!command.openStdin) {
      this.#input.end();
    }
    this.exit = new Promise((resolve) => {
      this.#finish = (status) => {
        this.#ended = true;
        for (const timer of this.#timers) {
          clearTimeout(timer);
        }
        resolve(status);
      };
    });
    // The engine first tells that it has started; only then it prints.
    setImmediate(() => {
      this.#main().then(
        (status) => (status === undefined ? undefined : this.#finish(status)),
        () => this.#finish(1),
      );
    });
  }

  write(bytes: Uint8Array): void {
    this.#input.write(bytes);
  }

  end(): void {
    this.#input.end();
  }

  resize(): void {}

  kill(signal: string): void {
    const number = SIGNALS[signal];
    if (number === 9) {
      this.#input.end();
      this.#finish(137);
    } else if (number !== undefined && number !== 19 && isServer(this.#command.argv[0] ?? "")) {
      this.#finish(0);
    }
    // As pid 1 does: a shell without a handler of its own only hears KILL.
  }

  observations(): readonly ExecutionObservation[] {
    return this.#observations;
  }

  /** The exit status; undefined: it does not end by itself. */
  async #main(): Promise<number | undefined> {
    const { argv, openStdin, tty } = this.#command;
    const [name = "", ...rest] = argv;
    if (isServer(name)) {
      this.#observe([{ kind: "command", value: argv.join(" ") }]);
      return undefined;
    }
    const reads = isShell(name) && rest.every((each) => /^-[^c]*$/.test(each));
    if (reads && openStdin) {
      return tty === undefined ? this.#script(name) : this.#terminal(name);
    }
    if (reads && tty === undefined) {
      return 0;
    }
    if (reads) {
      return undefined;
    }
    if (name === "cat" && rest.length === 0 && openStdin) {
      return this.#copy();
    }
    const stdin =
      openStdin && wantsInput(argv)
        ? await this.#input.readAll(tty === undefined ? undefined : INPUT_MS_MAX)
        : Buffer.alloc(0);
    const result = await this.#run({ kind: "program", argv, stdin: Uint8Array.from(stdin) });
    return this.#tell(result);
  }

  /** `cat` alone: what comes goes out again. */
  async #copy(): Promise<number> {
    for (;;) {
      const line = await this.#input.readLine();
      if (line === undefined) {
        return 0;
      }
      this.#print(1, Buffer.from(`${line}\n`));
    }
  }

  /** A shell that reads its script from standard input, command by command. */
  async #script(shell: string): Promise<number | undefined> {
    let text = "";
    for (;;) {
      const line = await this.#input.readLine();
      text += line === undefined ? "" : `${line}\n`;
      const more = this.#input.lines();
      text += more.map((each) => `${each}\n`).join("");
      const last = line === undefined || this.#input.atEnd;
      const result = text.trim() === "" ? undefined : await this.#run({ kind: "lines", shell, text, last });
      if (typeof result === "object" && result.incomplete) {
        continue;
      }
      text = "";
      if (result !== undefined) {
        const status = await this.#tell(result);
        if (status === undefined || typeof result === "string" || result.exited) {
          return status;
        }
      }
      if (last) {
        return this.#memory.status;
      }
    }
  }

  /** A shell at a terminal. */
  async #terminal(shell: string): Promise<number | undefined> {
    const editor = new LineEditor(this.#input, (text) => this.#print(1, Buffer.from(text, "latin1")));
    let text = "";
    for (;;) {
      const line = await editor.read(text === "" ? Buffer.from(this.#prompt(shell)).toString("latin1") : "> ");
      if (line.kind === "end") {
        this.#print(1, Buffer.from(shell.endsWith("bash") ? "exit\n" : "\n"));
        return this.#memory.status;
      }
      if (line.kind === "interrupted") {
        text = "";
        continue;
      }
      text += `${line.text}\n`;
      if (text.trim() === "") {
        text = "";
        continue;
      }
      const result = await this.#run({ kind: "lines", shell, text, last: false });
      if (typeof result === "object" && result.incomplete) {
        continue;
      }
      text = "";
      const status = await this.#tell(result, editor);
      if (typeof result === "object" && result.exited) {
        return status;
      }
      if (this.#ended) {
        return undefined;
      }
    }
  }

  #prompt(shell: string): string {
    const { place } = this.#around;
    const user = this.#command.user || place.user;
    const root = ["", "root", "0", "0:0"].includes(user);
    const sign = root ? "#" : "$";
    const home = this.#memory.variables["HOME"] ?? "/root";
    const cwd =
      this.#memory.cwd === home
        ? "~"
        : this.#memory.cwd.startsWith(`${home}/`) && home !== "/"
          ? `~${this.#memory.cwd.slice(home.length)}`
          : this.#memory.cwd;
    if (place.family === "alpine" || place.family === "busybox") {
      return `${cwd} ${sign} `;
    }
    if (!shell.endsWith("bash")) {
      return `${sign} `;
    }
    return place.family === "redhat"
      ? `[${root ? "root" : user}@${place.hostname} ${cwd.replace(/^.*\/(?=.)/, "")}]${sign} `
      : `${root ? "root" : user}@${place.hostname}:${cwd}${sign} `;
  }

  #run(task: Job["task"]): Promise<JobResult | JobFailure> {
    return this.#around.run((trees) => ({
      ...trees,
      task,
      memory: this.#memory,
      user: this.#command.user === "" ? trees.place.user : this.#command.user,
      privileged: this.#command.privileged || trees.place.privileged,
      tty: this.#command.tty !== undefined,
      pid: 7,
      now: Date.now(),
      hurried: this.#around.hurried,
    }));
  }

  /** Prints what was printed when its time has come. Resolves to the status; undefined: it goes on without an end. */
  async #tell(result: JobResult | JobFailure, editor?: LineEditor): Promise<number | undefined> {
    if (typeof result === "string") {
      return this.#failed(result);
    }
    this.#observe(result.observations);
    this.#memory = result.memory;
    const started = Date.now();
    const told = new AbortController();
    const interrupted = editor?.interruption(told.signal);
    try {
      for (const { at, stream, bytes } of result.printed) {
        // Nobody hears what goes on beside a program that has ended.
        if (result.endsAt !== undefined && at > result.endsAt) {
          break;
        }
        if (this.#ended || (await this.#until(started + at, interrupted))) {
          return 130;
        }
        this.#print(stream, bytes);
      }
      if (result.endsAt === undefined) {
        return interrupted !== undefined && (await interrupted) ? 130 : undefined;
      }
      return (await this.#until(started + result.endsAt, interrupted)) ? 130 : result.status;
    } finally {
      told.abort();
    }
  }

  #failed(failure: JobFailure): number | undefined {
    switch (failure) {
      case "too-long":
        return undefined;
      case "out-of-memory":
        this.#print(2, Buffer.from("Killed\n"));
        return 137;
      case "busy":
        this.#print(2, Buffer.from("sh: can't fork: Resource temporarily unavailable\n"));
        return 2;
      default:
        return 1;
    }
  }

  /** Waits for a moment; true when the visitor did not want to. */
  #until(moment: number, interrupted: Promise<boolean> | undefined): Promise<boolean> {
    const ms = Math.min(moment - Date.now(), TIMER_MS_MAX);
    if (ms <= 0) {
      return Promise.resolve(false);
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        resolve(false);
      }, ms);
      timer.unref();
      this.#timers.add(timer);
      void interrupted?.then((typed) => {
        if (typed) {
          clearTimeout(timer);
          resolve(true);
        }
      });
    });
  }

  #observe(observations: readonly ExecutionObservation[]): void {
    this.#observations.push(...observations.slice(0, OBSERVATIONS_MAX - this.#observations.length));
  }

  #print(stream: 1 | 2, bytes: Uint8Array): void {
    if (this.#ended || bytes.length === 0) {
      return;
    }
    const shown =
      this.#command.tty === undefined
        ? bytes
        : Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll(/\r?\n/g, "\r\n"), "latin1");
    (stream === 1 ? this.#command.stdout : this.#command.stderr)(shown);
  }
}

/** Commands that read standard input when nothing else is named. */
const READERS =
  /(?:^|[\s;|&(])(?:cat|tee|read|sh|bash|ash|base64|tar|dd|xargs|grep|sed|awk|sort|wc|gunzip|gzip|md5sum|sha256sum|tr|cut|head|tail|chpasswd|passwd|crontab|psql|mysql)(?=[\s;|&)]|$)/;

/** Whether a program may wait for input: a script without a reader never does. */
function wantsInput(argv: readonly string[]): boolean {
  const [name = "", ...rest] = argv;
  return READERS.test(
    isShell(name) ? rest.filter((each) => !each.startsWith("-")).join(" ") : argv.join(" ").replace(/^.*\//, ""),
  );
}
