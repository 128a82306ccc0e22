/** Runs a script of the small shell in steps that can be counted and stopped. */
import { COMMANDS } from "./commands.ts";
import {
  type Command,
  type List,
  type Part,
  type Pipeline,
  parseScript,
  type Redirection,
  ShellSyntaxError,
  type Word,
} from "./parse.ts";
import { NO_INPUT, type ShellState, type Streams } from "./state.ts";

/** Commands that one program may run. */
export const STEPS_MAX = 10_000;

/** Bytes that pass through one pipe or command substitution. */
export const PIPE_BYTES_MAX = 1024 * 1024;

/** Thrown through the script to end it. */
export class ScriptExit extends Error {
  readonly code: number;

  constructor(code: number) {
    super("exit");
    this.code = code;
  }
}

export async function runScript(state: ShellState, script: string, streams: Streams): Promise<number> {
  let list: List;
  try {
    list = parseScript(script);
  } catch (error) {
    if (error instanceof ShellSyntaxError) {
      streams.stderr(Buffer.from(`sh: ${error.message}\n`));
      return 2;
    }
    throw error;
  }
  await runList(state, list, streams);
  return state.status;
}

async function runList(state: ShellState, list: List, streams: Streams): Promise<void> {
  let skip = false;
  for (const item of list) {
    if (!skip) {
      await runPipeline(state, item.pipeline, streams);
    }
    skip = item.next === "&&" ? state.status !== 0 : item.next === "||" ? state.status === 0 : false;
  }
}

async function runPipeline(state: ShellState, pipeline: Pipeline, streams: Streams): Promise<void> {
  let input = streams.stdin;
  const last = pipeline.commands.length - 1;
  for (const [index, command] of pipeline.commands.entries()) {
    if (index === last) {
      await runCommand(state, command, { ...streams, stdin: input });
      break;
    }
    const gathered = gather();
    await runCommand(state, command, { ...streams, stdin: input, stdout: gathered.take });
    const bytes = gathered.bytes();
    input = { readAll: async () => bytes, readLine: async () => undefined };
  }
  if (pipeline.negated) {
    state.status = state.status === 0 ? 1 : 0;
  }
}

function gather(): { take(bytes: Uint8Array): void; bytes(): Buffer } {
  const pieces: Uint8Array[] = [];
  let length = 0;
  return {
    take: (bytes) => {
      if (length < PIPE_BYTES_MAX) {
        pieces.push(bytes);
        length += bytes.length;
      }
    },
    bytes: () => Buffer.concat(pieces),
  };
}

async function runCommand(state: ShellState, command: Command, streams: Streams): Promise<void> {
  state.steps += 1;
  if (state.steps > STEPS_MAX || state.signal.aborted) {
    throw new ScriptExit(137);
  }
  if (state.steps % 100 === 0) {
    await new Promise<void>((resolve) => setImmediate(resolve)); // lets other visitors be served
  }
  switch (command.kind) {
    case "simple":
      return runSimple(state, command, streams);
    case "group":
      return runList(state, command.body, await redirect(state, command.redirections, streams));
    case "for":
      for (const item of await expandAll(state, command.items)) {
        state.variables.set(command.name, item);
        await runList(state, command.body, streams);
      }
      return;
    case "while":
      for (;;) {
        await runList(state, command.condition, streams);
        if ((state.status === 0) === command.until) {
          state.status = 0;
          return;
        }
        await runList(state, command.body, streams);
      }
    case "if":
      for (const [condition, body] of command.branches) {
        await runList(state, condition, streams);
        if (state.status === 0) {
          return runList(state, body, streams);
        }
      }
      state.status = 0;
      return command.otherwise === undefined ? undefined : runList(state, command.otherwise, streams);
  }
}

async function runSimple(state: ShellState, command: Command & { kind: "simple" }, streams: Streams): Promise<void> {
  const argv = await expandAll(state, command.words);
  for (const [name, word] of command.assignments) {
    state.variables.set(name, (await expandWord(state, word)).join(" "));
  }
  const redirected = await redirect(state, command.redirections, streams);
  const [name] = argv;
  if (name === undefined) {
    state.status = 0;
    return;
  }
  state.observe(argv.join(" "));
  state.status = await runProgram(state, argv, redirected);
}

/** Runs one program by name. */
export async function runProgram(state: ShellState, argv: readonly string[], streams: Streams): Promise<number> {
  const [name = ""] = argv;
  const base = name.slice(name.lastIndexOf("/") + 1);
  if (base === "exit") {
    throw new ScriptExit((Number(argv[1] ?? state.status) || 0) & 0xff);
  }
  if (["sh", "bash", "ash", "dash"].includes(base)) {
    const flag = argv.findIndex((argument) => /^-\w*c$/.test(argument));
    const script = flag < 0 ? (await streams.stdin.readAll()).toString("utf8") : (argv[flag + 1] ?? "");
    const inner: ShellState = { ...state, variables: new Map(state.variables), status: 0 };
    try {
      return await runScript(inner, script, streams);
    } catch (error) {
      if (error instanceof ScriptExit && !state.signal.aborted && inner.steps <= STEPS_MAX) {
        return error.code;
      }
      throw error;
    } finally {
      state.steps = inner.steps;
    }
  }
  const run = Object.hasOwn(COMMANDS, base) ? COMMANDS[base] : undefined;
  if (run === undefined) {
    streams.stderr(Buffer.from(`sh: ${name}: not found\n`));
    return 127;
  }
  return run(state, argv, streams);
}

async function redirect(state: ShellState, redirections: readonly Redirection[], streams: Streams): Promise<Streams> {
  let result = streams;
  for (const { from, operator, to } of redirections) {
    const [target = ""] = await expandWord(state, to);
    const path = target.startsWith("/") ? target : `${state.workdir}/${target}`;
    if (operator === ">&") {
      const copied = target === "1" ? result.stdout : result.stderr;
      result = from === 1 ? { ...result, stdout: copied } : { ...result, stderr: copied };
    } else if (operator === "<") {
      const bytes = Buffer.from(state.world.get(path)?.data ?? []);
      result = { ...result, stdin: { readAll: async () => bytes, readLine: async () => undefined } };
    } else if (operator === ">" || operator === ">>") {
      const write = path === "/dev/null" ? () => {} : fileWriter(state, path, operator === ">>");
      result = from === 2 ? { ...result, stderr: write } : { ...result, stdout: write };
    }
  }
  return result;
}

function fileWriter(state: ShellState, path: string, append: boolean): (bytes: Uint8Array) => void {
  let content = Buffer.from(append ? (state.world.get(path)?.data ?? []) : []);
  state.world.write(path, content);
  return (bytes) => {
    content = Buffer.concat([content, bytes]);
    state.world.write(path, content);
  };
}

async function expandAll(state: ShellState, words: readonly Word[]): Promise<string[]> {
  const all: string[] = [];
  for (const word of words) {
    all.push(...(await expandWord(state, word)));
  }
  return all;
}

/** A word becomes no, one or several words: unquoted values are split at white space. */
async function expandWord(state: ShellState, word: Word): Promise<string[]> {
  const words: string[] = [];
  let current = "";
  let started = false;
  for (const part of word) {
    const value = await expandPart(state, part);
    if (part.quoted || part.kind === "text") {
      current += value;
      started ||= part.quoted || value !== "";
      continue;
    }
    const pieces = value.split(/[ \t\n]+/);
    current += pieces[0] ?? "";
    for (const piece of pieces.slice(1)) {
      if (current !== "" || started) {
        words.push(current);
      }
      current = piece;
      started = false;
    }
  }
  return current !== "" || started ? [...words, current] : words;
}

async function expandPart(state: ShellState, part: Part): Promise<string> {
  switch (part.kind) {
    case "text":
      return part.text;
    case "variable":
      return part.name === "?"
        ? String(state.status)
        : part.name === "$"
          ? "1"
          : (state.variables.get(part.name) ?? "");
    case "arithmetic":
      return String(arithmetic(state, part.expression));
    case "command": {
      const gathered = gather();
      const inner: ShellState = { ...state, variables: new Map(state.variables) };
      try {
        await runScript(inner, part.script, { stdin: NO_INPUT, stdout: gathered.take, stderr: () => {} });
      } catch (error) {
        if (!(error instanceof ScriptExit) || state.signal.aborted || inner.steps > STEPS_MAX) {
          throw error;
        }
      }
      state.steps = inner.steps;
      return gathered.bytes().toString("utf8").replace(/\n+$/, "");
    }
  }
}

/** `+ - * / %` and parentheses over integers and variables. */
function arithmetic(state: ShellState, expression: string): number {
  const tokens = expression.match(/\d+|[A-Za-z_]\w*|[-+*/%()]/g) ?? [];
  let at = 0;
  const atom = (): number => {
    const token = tokens[at];
    at += 1;
    if (token === "(") {
      const value = sum();
      at += 1;
      return value;
    }
    if (token === "-") {
      return -atom();
    }
    return /^\d/.test(token ?? "") ? Number(token) : Number(state.variables.get(token ?? "") ?? 0);
  };
  const product = (): number => {
    let value = atom();
    while (/^[*/%]$/.test(tokens[at] ?? "")) {
      const operator = tokens[at];
      at += 1;
      const right = atom();
      value =
        operator === "*"
          ? value * right
          : right === 0
            ? 0
            : operator === "/"
              ? Math.trunc(value / right)
              : value % right;
    }
    return value;
  };
  const sum = (): number => {
    let value = product();
    while (/^[-+]$/.test(tokens[at] ?? "")) {
      const minus = tokens[at] === "-";
      at += 1;
      value = minus ? value - product() : value + product();
    }
    return value;
  };
  return sum() || 0;
}
