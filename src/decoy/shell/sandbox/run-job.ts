/** One program in a worker: its files are made, it runs, and what it did is gathered. Pure: nothing stays here. */
import { randomBytes } from "node:crypto";
import { Bash, parse, type ResolvedCommandContext, type ScriptNode, serialize } from "just-bash";
import type { ExecutionObservation } from "../../capture/index.ts";
import { baseOf } from "../base-trees.ts";
import { FileTree } from "../files.ts";
import type { Job, JobResult, Printed, ShellMemory } from "../job.ts";
import { World } from "../world.ts";
import { AHEAD_MS_MAX, Clock } from "./clock.ts";
import { type Answer, type Call, OWN_COMMANDS, quoted, type Tools } from "./commands/index.ts";
import { cannotCreate, type Dialect, translate } from "./dialect.ts";
import { type PosixError, WorldFiles } from "./file-system.ts";
import { instrument } from "./instrument.ts";
import {
  LAPS_MAX,
  LIMITS,
  MEMORY_CHARACTERS_MAX,
  OBSERVATION_CHARACTERS_MAX,
  OBSERVATIONS_MAX,
  OUTPUT_BYTES_MAX,
} from "./limits.ts";

/** The interpreter's own commands that are used as they are, wherever the image has them. */
const BUNDLED =
  "echo cat printf mkdir rmdir touch rm cp mv ln chmod pwd readlink head tail wc stat grep fgrep egrep sed awk sort uniq comm cut paste tr rev nl fold expand unexpand strings split tee find basename dirname du env printenv alias unalias history xargs true false clear bash sh base64 diff date time seq expr md5sum sha1sum sha256sum file tac od gzip gunzip zcat tar".split(
    " ",
  ) as NonNullable<ConstructorParameters<typeof Bash>[0]> extends { commands?: (infer Name)[] } ? Name[] : never;

/** What a shell understands without a program. */
const SHELL_WORDS = new Set([
  "echo",
  "printf",
  "pwd",
  "true",
  "false",
  "test",
  "[",
  "kill",
  "umask",
  "ulimit",
  "trap",
  "jobs",
  "bg",
  "fg",
  "disown",
  "alias",
  "unalias",
  "history",
  "time",
  "hash",
]);

const SHELLS: Readonly<Record<string, true>> = { sh: true, ash: true, bash: true, dash: true };

/** Folders of the search path when nobody says anything else. */
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

class Run {
  readonly job: Job;
  readonly clock: Clock;
  readonly world: World;
  readonly trees: readonly FileTree[];
  readonly files: WorldFiles;
  readonly dialect: Dialect;
  readonly observations: ExecutionObservation[] = [];
  readonly abort = new AbortController();
  readonly nonce = randomBytes(9).toString("hex");
  readonly tools: Tools;
  readonly bash: Bash;
  functions: string;
  isEndless = false;
  laps = 0;
  last: ShellMemory;
  reachedEnd = false;
  #outermost = true;
  /** How deep we are in commands that write files themselves. */
  #inCommand = 0;
  #complaint = "";

  constructor(job: Job) {
    this.job = job;
    this.last = job.memory;
    this.functions = job.memory.functions;
    this.clock = new Clock(job.now, job.hurried);
    this.trees = job.trees.map(({ base, edits, written }) => {
      const tree = new FileTree(baseOf(base, job.place), written);
      tree.apply(edits);
      return new FileTree(tree.nodes(), written);
    });
    const [own, host] = this.trees as [FileTree, FileTree];
    this.world = new World(
      job.place,
      own,
      host,
      job.mounts.flatMap((mount) => {
        const tree = this.trees[mount.tree];
        return tree === undefined ? [] : [{ ...mount, tree }];
      }),
    );
    const user = userOf(this.world, job.user);
    this.dialect = dialectOf(job, this.world);
    this.files = new WorldFiles({
      world: this.world,
      uid: user.uid,
      watcher: {
        wrote: (path) => this.observe("file-written", path.replaceAll("\0", "")),
        refused: (path, error) => this.#refused(path, error),
      },
      isCommand: (name) =>
        Object.hasOwn(OWN_COMMANDS, name) || (BUNDLED as string[]).includes(name) || SHELL_WORDS.has(name),
      path: () => (this.last.variables["PATH"] ?? PATH).split(":").filter(Boolean),
    });
    this.tools = {
      place: job.place,
      files: this.files,
      clock: this.clock,
      dialect: this.dialect,
      user,
      privileged: job.privileged,
      random: Math.random,
      observe: (kind, value) => this.observe(kind, value),
      endless: () => this.endless(),
    };
    this.bash = this.#interpreter(user.uid);
  }

  observe(kind: ExecutionObservation["kind"], value: string): void {
    if (this.observations.length < OBSERVATIONS_MAX) {
      this.observations.push({ kind, value: value.slice(0, OBSERVATION_CHARACTERS_MAX) });
    }
  }

  /** A redirection failed; the next step tells of it. */
  #refused(path: string, error: PosixError): boolean {
    if (this.#inCommand > 0) {
      return false;
    }
    // The interpreter first empties the file, then writes it.
    const complaint = cannotCreate(path, REASONS[error.code] ?? "Input/output error", this.dialect);
    this.#complaint += this.#complaint.endsWith(complaint) ? "" : complaint;
    return true;
  }

  /** What is to be said of redirections that failed, once. */
  #takeComplaint(): string {
    const complaint = this.#complaint;
    this.#complaint = "";
    return complaint;
  }

  endless(): void {
    this.isEndless = true;
    this.abort.abort();
  }

  #interpreter(uid: number): Bash {
    const bash = new Bash({
      fs: this.files,
      cwd: this.last.cwd,
      env: { PATH, ...this.last.variables },
      commands: BUNDLED,
      executionLimits: LIMITS,
      defenseInDepth: false,
      sleep: async (ms) => this.clock.wait(ms),
      processInfo: { pid: this.job.pid, ppid: 0, uid, gid: uid },
    });
    for (const name of BUNDLED as string[]) {
      if (!Object.hasOwn(OWN_COMMANDS, name)) {
        bash.registerCommand({ name, execute: (args, context) => this.#bundled(name, args, context) });
      }
    }
    for (const name of Object.keys(OWN_COMMANDS)) {
      bash.registerCommand({ name, execute: (args, context) => this.#own(name, args, context) });
    }
    this.#registerHelpers(bash);
    bash.registerTransformPlugin({
      name: "decoy",
      transform: ({ ast }) => {
        const outermost = this.#outermost;
        this.#outermost = false;
        return {
          ast: instrument(ast, outermost, {
            relocate: (name) => this.#relocate(name),
            defines: (_, node) => this.#remember(node),
          }),
        };
      },
    });
    return bash;
  }

  #remember(node: ScriptNode): void {
    const text = `${serialize(node)}\n`;
    if (this.functions.length + text.length <= MEMORY_CHARACTERS_MAX) {
      this.functions += text;
    }
  }

  /** A program that lies where the interpreter would not run it as a command. */
  #relocate(name: string): string | undefined {
    const short = name.slice(name.lastIndexOf("/") + 1);
    const known = Object.hasOwn(OWN_COMMANDS, short) || (BUNDLED as string[]).includes(short);
    if (!known || (SHELL_WORDS.has(short) && !name.includes("/"))) {
      return undefined;
    }
    const path = this.files.programPath(name);
    return path !== undefined &&
      /^\/(?:usr\/)?(?:local\/)?s?bin\/[^/]+$/.test(path) &&
      !/^\/(?:usr\/)?bin\/[^/]+$/.test(path)
      ? `/usr/bin/${short}`
      : undefined;
  }

  #registerHelpers(bash: Bash): void {
    const status = (context: ResolvedCommandContext): number => Number(context.env.get("?") ?? 0) || 0;
    const answer = (stdout = "", stderr = "", exitCode = 0) => ({ stdout, stderr, exitCode });
    const helper = (
      name: string,
      run: (args: string[], context: ResolvedCommandContext) => ReturnType<typeof answer>,
    ): void => bash.registerCommand({ name, execute: async (args, context) => run(args, context) });
    helper("__mark", (_, context) => {
      const mark = `\u0001${this.nonce}${this.clock.elapsed};`;
      this.#note(context);
      const complaint = this.#takeComplaint();
      return answer(mark, `${complaint}${mark}`, complaint === "" ? status(context) : 1);
    });
    helper("__lap", () => {
      this.laps += 1;
      if (this.clock.elapsed > AHEAD_MS_MAX || this.laps > LAPS_MAX) {
        if (!this.clock.isBeside) {
          this.endless();
        }
        return answer("", "", 1);
      }
      return answer();
    });
    helper("__fork", ([what], context) => {
      what === "begin" ? this.clock.fork() : this.clock.join();
      return answer("", "", what === "begin" ? status(context) : 0);
    });
    helper("__wait", () => {
      this.clock.settle();
      return answer();
    });
    helper("__end", (_, context) => {
      this.reachedEnd = true;
      this.#note(context);
      return answer("", "", status(context));
    });
  }

  /** What the shell would remember if it went on from here. */
  #note(context: ResolvedCommandContext): void {
    const variables: Record<string, string> = {};
    let left = MEMORY_CHARACTERS_MAX;
    for (const [name, value] of context.env) {
      left -= name.length + value.length;
      if (/^[A-Za-z_]\w*$/.test(name) && !TRANSIENT.has(name) && left > 0) {
        variables[name] = value;
      }
    }
    this.last = {
      cwd: context.cwd,
      variables,
      functions: this.functions,
      status: Number(context.env.get("?") ?? 0) || 0,
    };
  }

  get #busybox(): boolean {
    return this.files.root === "/" ? ["alpine", "busybox"].includes(this.job.place.family) : false;
  }

  async #bundled(name: string, args: string[], context: ResolvedCommandContext) {
    this.observe("command", quoted([name, ...args]));
    if (name === "tail" && args.some((each) => /^-\w*[fF]|^--follow/.test(each))) {
      this.endless();
    }
    const depth = this.#inCommand;
    this.#inCommand = RUNS_OTHERS.has(name) ? 0 : depth + 1;
    const missing = { stdout: "", stderr: "", exitCode: 127 };
    const result = await (context.origCommand?.(args) ?? Promise.resolve(missing)).finally(() => {
      this.#inCommand = depth;
    });
    return this.#busybox && result.stderr !== "" ? { ...result, stderr: smallWords(name, result.stderr) } : result;
  }

  async #own(name: string, args: string[], context: ResolvedCommandContext) {
    if (!name.startsWith("__")) {
      this.observe("command", quoted([name, ...args]));
    }
    const call: Call = {
      name,
      args,
      tools: this.tools,
      context,
      busybox: this.#busybox,
      stdin: () => Buffer.from(String(context.stdin), "latin1").toString(),
      path: (path) => this.files.resolvePath(context.cwd, path),
      run: async (words): Promise<Answer> => {
        const inner =
          this.files.root === "/"
            ? context.cwd
            : this.files.node(context.cwd)?.type === "directory"
              ? context.cwd
              : "/";
        const depth = this.#inCommand;
        this.#inCommand = 0;
        const result = await context.execWithInheritedStdin?.(quoted(words), { cwd: inner }).finally(() => {
          this.#inCommand = depth;
        });
        return { stdout: result?.stdout ?? "", stderr: result?.stderr ?? "", status: result?.exitCode ?? 0 };
      },
    };
    this.#inCommand += 1;
    try {
      const { stdout = "", stderr = "", status = 0 } = await (OWN_COMMANDS[name]?.(call) ?? {});
      return { stdout, stderr, exitCode: status };
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error)) {
        throw error;
      }
      const [, path = ""] = /'([^']*)'$/.exec(error.message) ?? [];
      return {
        stdout: "",
        stderr: `${name}: ${path}: ${REASONS[String(error.code)] ?? "Input/output error"}\n`,
        exitCode: 1,
      };
    } finally {
      this.#inCommand -= 1;
    }
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "No such file or directory",
  EEXIST: "File exists",
  ENOTDIR: "Not a directory",
  EISDIR: "Is a directory",
  EACCES: "Permission denied",
  EPERM: "Operation not permitted",
  EROFS: "Read-only file system",
  ENOSPC: "No space left on device",
};

/** Commands that run others, whose redirections are not theirs. */
const RUNS_OTHERS = new Set(["sh", "bash", "xargs", "find", "env", "time"]);

const TRANSIENT = new Set(["SHELLOPTS", "BASHOPTS", "IFS", "OPTIND", "_"]);

/** BusyBox's wording of what GNU's commands complain about. */
function smallWords(name: string, text: string): string {
  return text
    .replaceAll(/^cat: ([^:\n]+): (No such file or directory|Permission denied)$/gm, "cat: can't open '$1': $2")
    .replaceAll(
      /^(head|tail|grep|sort|wc|base64|sed): ([^:\n]+): No such file or directory$/gm,
      (_, command: string, path: string) =>
        command === "grep" || command === "sed"
          ? `${command}: ${path}: No such file or directory`
          : `${command}: can't open '${path}': No such file or directory`,
    )
    .replaceAll(/^rm: cannot remove '([^']+)'/gm, "rm: can't remove '$1'")
    .replaceAll(/^(cp|mv): cannot stat '([^']+)'/gm, name === "cp" ? "cp: can't stat '$2'" : "mv: can't rename '$2'")
    .replaceAll(/^mkdir: cannot create directory '([^']+)'/gm, "mkdir: can't create directory '$1'")
    .replaceAll(/^rmdir: failed to remove '([^']+)'/gm, "rmdir: '$1'")
    .replaceAll(/^chmod: cannot access '([^']+)'/gm, "chmod: $1")
    .replaceAll(/^ln: failed to create symbolic link '([^']+)'/gm, "ln: $1");
}

function userOf(world: World, wished: string): Tools["user"] {
  const [user = "", group] = wished.split(":");
  const rows = Buffer.from(world.get("/etc/passwd")?.data ?? "")
    .toString()
    .split("\n")
    .map((row) => row.split(":"));
  const row = rows.find(([name, , uid]) => name === (user || "root") || uid === (user || "0"));
  const uid = Number(row?.[2] ?? (/^\d+$/.test(user) ? user : 0));
  return {
    name: row?.[0] ?? (uid === 0 ? "root" : user),
    uid,
    gid: Number(/^\d+$/.test(group ?? "") ? group : (row?.[3] ?? uid)),
  };
}

function dialectOf({ task, place, tty }: Job, world: World): Dialect {
  const called = task.kind === "lines" ? task.shell : (task.argv[0] ?? "sh");
  const short = called.slice(called.lastIndexOf("/") + 1);
  const isBash = short === "bash" || (place.family === "redhat" && world.get("/bin/bash") !== undefined);
  const small = ["alpine", "busybox"].includes(place.family);
  return {
    kind: isBash ? "bash" : small ? "ash" : "dash",
    name: Object.hasOwn(SHELLS, short) ? called : "sh",
    interactive: tty || task.kind === "lines",
  };
}

/** The script that a program stands for, and the words that its shell was given. */
function scriptOf(job: Job): { text: string; words: readonly string[] } {
  const { task } = job;
  if (task.kind === "lines") {
    return { text: task.text, words: [] };
  }
  const [program = "", ...rest] = task.argv;
  const short = program.slice(program.lastIndexOf("/") + 1);
  const at = rest.findIndex((each) => /^-[a-z]*c$/.test(each));
  if (Object.hasOwn(SHELLS, short) && at >= 0 && rest.slice(0, at).every((each) => /^-/.test(each))) {
    const options = rest
      .slice(0, at + 1)
      .join("")
      .replaceAll(/[-cli]/g, "");
    const set = [...options].filter((letter) => "eux".includes(letter)).join("");
    return { text: `${set === "" ? "" : `set -${set}\n`}${rest[at + 1] ?? ""}`, words: rest.slice(at + 2) };
  }
  return { text: quoted(task.argv), words: [] };
}

/** Runs a job to its end, or to one of its bounds. */
export async function runJob(job: Job): Promise<JobResult> {
  const run = new Run(job);
  const { text, words } = scriptOf(job);
  if (job.task.kind === "lines" && !job.task.last && isIncomplete(text)) {
    return { ...resultOf(run, [], 0), incomplete: true };
  }
  const before = `${job.memory.functions}${words.length > 1 ? `set -- ${quoted(words.slice(1))}\n` : ""}`;
  const stdin = job.task.kind === "program" ? Buffer.from(job.task.stdin).toString("latin1") : "";
  const result = await run.bash.exec(`${before}${text}\n/usr/bin/__end\n`, {
    rawScript: true,
    stdin,
    stdinKind: "bytes",
    signal: run.abort.signal,
    cwd: job.memory.cwd,
  });
  let status = result.exitCode;
  let stderr = result.stderr;
  const bounded =
    /(?:^|\n)[^\n]*(?:, increase executionLimits\.\w+|limit exceeded \([^)\n]*\)|exceeded (?:its )?execution deadline[^\n]*|exceeded maximum iterations[^\n]*|execution aborted)\n*/;
  if (bounded.test(stderr) || status === 126) {
    const why = bounded.exec(stderr)?.[0] ?? "";
    stderr = stderr.replaceAll(new RegExp(bounded, "g"), "\n").replace(/^\n+/, "");
    if (/recursion depth|ExecDepth|exec depth|substitution/i.test(why)) {
      status = 139;
      stderr += text.includes("&")
        ? `${run.dialect.name}: can't fork: Resource temporarily unavailable\n`
        : "Segmentation fault (core dumped)\n";
    } else if (/string length|brace|array|heredoc|live|memory/i.test(why)) {
      status = 137;
      stderr += "Killed\n";
    } else if (why !== "") {
      run.isEndless = true;
    }
  }
  const printed = timeline(run, result.stdout, stderr);
  return resultOf(run, printed, status);
}

function resultOf(run: Run, printed: readonly Printed[], status: number): JobResult {
  const { job } = run;
  const size = printed.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const endless = run.isEndless || size >= OUTPUT_BYTES_MAX || run.clock.elapsed > AHEAD_MS_MAX;
  return {
    printed,
    endsAt: endless ? undefined : run.clock.elapsed,
    status,
    edits: run.trees.map((tree) => tree.edits()),
    mounts: run.world.mounts.map((mount) => ({
      target: mount.target,
      tree: run.trees.indexOf(mount.tree),
      source: mount.source,
      readOnly: mount.readOnly,
    })),
    observations: run.observations,
    memory: { ...run.last, functions: run.functions, status },
    exited:
      job.task.kind === "lines" &&
      !run.reachedEnd &&
      !endless &&
      !SYNTAX.test(printed.map(({ bytes }) => Buffer.from(bytes).toString()).join("")),
    incomplete: false,
  };
}

const SYNTAX = /syntax error|unexpected EOF/;

/** Cuts the output where marks lie, and tells when each piece was printed. */
function timeline(run: Run, stdout: string, stderr: string): Printed[] {
  const pieces = (text: string): { text: string; at: number }[] => {
    const parts = text.split(`\u0001${run.nonce}`);
    let at = 0;
    const found: { text: string; at: number }[] = [];
    for (const [index, part] of parts.entries()) {
      const end = index === 0 ? -1 : part.indexOf(";");
      if (end >= 0) {
        const time = Number(part.slice(0, end));
        const before = found.at(-1);
        if (before !== undefined) {
          before.at = time;
        }
        at = time;
      }
      found.push({ text: part.slice(end + 1), at });
    }
    const last = found.at(-1);
    if (last !== undefined) {
      last.at = run.clock.elapsed;
    }
    return found;
  };
  const [out, err] = [pieces(stdout), pieces(stderr)];
  const printed: Printed[] = [];
  let left = OUTPUT_BYTES_MAX;
  const put = (stream: 1 | 2, piece: { text: string; at: number } | undefined): void => {
    if (piece !== undefined && piece.text !== "" && left > 0) {
      const bytes = Buffer.from(piece.text).subarray(0, left);
      left -= bytes.length;
      printed.push({ at: piece.at, stream, bytes: Uint8Array.from(bytes) });
    }
  };
  for (let index = 0; index < Math.max(out.length, err.length); index += 1) {
    put(1, out[index]);
    put(2, translated(err[index], run));
  }
  return printed.sort((left_, right) => left_.at - right.at);
}

/** Complaints of the interpreter in the words of the image's shell. */
function translated(piece: { text: string; at: number } | undefined, run: Run): typeof piece {
  return piece === undefined || piece.text === "" ? piece : { at: piece.at, text: wordsOf(piece.text, run) };
}

function wordsOf(text: string, run: Run): string {
  return translate(text, run.dialect).replaceAll(/^ENO\w+: .*, open '([^']*)'$/gm, (_, path: string) =>
    cannotCreate(path, "No such file or directory", run.dialect).trimEnd(),
  );
}

/** Whether a command goes on in the next line. */
export function isIncomplete(text: string): boolean {
  if (/(?:\||&&|\\)[ \t]*\n?$/.test(text)) {
    return true;
  }
  try {
    return JSON.stringify(parse(text)).includes('"terminated":false');
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    if (/got EOF|unexpected EOF/.test(message)) {
      return true;
    }
    const [, line = "0", column = "0"] = /at (\d+):(\d+)/.exec(message) ?? [];
    const lines = text.trimEnd().split("\n");
    return (
      Number(line) > lines.length || (Number(line) === lines.length && Number(column) > (lines.at(-1)?.length ?? 0))
    );
  }
}
