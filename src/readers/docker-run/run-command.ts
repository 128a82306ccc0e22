import type { FlagValue } from "./flag.ts";
import { GLOBAL_FLAGS } from "./global-flags.ts";
import { SHOWN_CHARACTERS_MAX } from "./limits.ts";
import { parseFlags, valueIn } from "./parse-flags.ts";
import type { ShellCommand, ShellWord } from "./shell/index.ts";
import type { Tool, Verb } from "./tool.ts";

/** A command that makes a container, after everything that stands before its flags. */
export interface RunCommand {
  readonly tool: Tool;
  readonly verb: Verb;
  /** The word that names the tool. */
  readonly start: ShellWord;
  /** Assignments before the command: the environment of the command line, which `-e NAME` reads. */
  readonly environment: ReadonlyMap<string, FlagValue>;
  /** `-H`, else an assignment of `DOCKER_HOST` in front of the command. */
  readonly engine: FlagValue | undefined;
  readonly words: readonly ShellWord[];
}

/** Shell words after which a command begins. */
const KEYWORDS: ReadonlySet<string> = new Set(["!", "{", "if", "then", "elif", "else", "while", "until", "do", "time"]);

/** A program that runs another program. */
interface Wrapper {
  /** Its flags that take the next word. */
  readonly valueFlags: readonly string[];
  /** How many words stand between its flags and the other program. */
  readonly operands: number;
}

const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map([
  ["sudo", { valueFlags: ["-u", "-g", "-h", "-p", "-C", "-D", "-R", "-T", "-r", "-t", "-U"], operands: 0 }],
  ["doas", { valueFlags: ["-u", "-C"], operands: 0 }],
  ["env", { valueFlags: ["-u", "-C", "-S"], operands: 0 }],
  ["exec", { valueFlags: ["-a"], operands: 0 }],
  ["command", { valueFlags: [], operands: 0 }],
  ["builtin", { valueFlags: [], operands: 0 }],
  ["nohup", { valueFlags: [], operands: 0 }],
  ["setsid", { valueFlags: [], operands: 0 }],
  ["nice", { valueFlags: ["-n"], operands: 0 }],
  ["ionice", { valueFlags: ["-c", "-n", "-p"], operands: 0 }],
  ["stdbuf", { valueFlags: ["-i", "-o", "-e"], operands: 0 }],
  ["timeout", { valueFlags: ["-k", "-s"], operands: 1 }],
  ["watch", { valueFlags: ["-n"], operands: 0 }],
  ["xargs", { valueFlags: ["-I", "-n", "-P", "-L", "-d", "-a", "-s", "-E"], operands: 0 }],
]);

/** `$`, `%`, `user@host:~$`, and the two words of `[user@host ~]#`. */
const PROMPT = /^([$%]|[\w.-]+@[\w.-]+:?\S*[$#%]|\[[\w.-]+@[\w.-]+|\S*\][$#%])$/;
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=/;
/** `ExecStart=` and its like in a systemd unit, with the marks that may stand before the program. */
const UNIT_FIELD = /^Exec[A-Z]\w+=[-@:+!|]*/;
const TOOL_NAME = /^(docker|podman)(?:\.exe)?$/;
/** A variable that holds the tool, as in `$DOCKER run`. */
const TOOL_VARIABLE = /docker|podman|container_?(engine|runtime|tool|cli|cmd)/i;

/** Finds the `docker run` in a simple command, behind prompts, keywords, assignments, wrappers and global flags. */
export function findRunCommand(command: ShellCommand): RunCommand | undefined {
  const environment = new Map<string, FlagValue>();
  const { words } = command;
  const first = skipPrefixes(words, environment);
  const start = words[first];
  const tool = start === undefined ? undefined : toolOf(start, words[first + 1]);
  if (start === undefined || tool === undefined) {
    return undefined;
  }
  const globals = parseFlags(words.slice(first + 1), { tool, verb: "run", flags: GLOBAL_FLAGS[tool] });
  let { rest } = globals;
  if (rest[0]?.text === "container") {
    rest = rest.slice(1);
  }
  const verb = rest[0]?.text;
  if (verb !== "run" && verb !== "create") {
    return undefined;
  }
  const engine = globals.uses.findLast((use) => use.flag.name === "host")?.value ?? environment.get("DOCKER_HOST");
  return { tool, verb, start, environment, engine, words: rest.slice(1) };
}

function skipPrefixes(words: readonly ShellWord[], environment: Map<string, FlagValue>): number {
  let index = 0;
  while (index < words.length) {
    const word = words[index];
    if (word === undefined) {
      break;
    }
    const name = ASSIGNMENT.exec(word.text)?.[1];
    const wrapper = WRAPPERS.get(lastOfPath(word.text));
    if (name !== undefined && !UNIT_FIELD.test(word.text)) {
      environment.set(name, valueIn(word, name.length + 1));
      index += 1;
    } else if (wrapper !== undefined) {
      index = skipWrapper(words, index + 1, wrapper);
    } else if (KEYWORDS.has(word.text) || isPrompt(word.text)) {
      index += 1;
    } else {
      break;
    }
  }
  return index;
}

function skipWrapper(words: readonly ShellWord[], from: number, wrapper: Wrapper): number {
  let index = from;
  for (; index < words.length; index += 1) {
    const text = words[index]?.text ?? "";
    if (!text.startsWith("-")) {
      break;
    }
    if (wrapper.valueFlags.includes(text)) {
      index += 1;
    }
  }
  return index + wrapper.operands;
}

function toolOf(word: ShellWord, next: ShellWord | undefined): Tool | undefined {
  const variable = word.unknown[0];
  if (variable !== undefined && variable.start === 0 && variable.end === word.text.length) {
    const named = TOOL_VARIABLE.test(variable.source) && /^(container|run|create|-.*)$/.test(next?.text ?? "");
    return named ? (/podman/i.test(variable.source) ? "podman" : "docker") : undefined;
  }
  return TOOL_NAME.exec(lastOfPath(word.text.replace(UNIT_FIELD, "")))?.[1] as Tool | undefined;
}

function lastOfPath(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function isPrompt(text: string): boolean {
  return text.length <= SHOWN_CHARACTERS_MAX && PROMPT.test(text);
}
