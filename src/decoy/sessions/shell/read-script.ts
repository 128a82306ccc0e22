import {
  type CommandContext,
  type FileWrite,
  type Payload,
  type ShellCommand,
  type ShellReading,
  TOP_CONTEXT,
} from "./command.ts";
import { findHidden, isReadable } from "./decode.ts";
import { type ExpansionScope, expandToOne, expandWord } from "./expand.ts";
import { languageOfInterpreter, partsOfProgram, programOf } from "./interpreters.ts";
import { hereDocumentWord, parseScript } from "./parse.ts";
import { outputOf } from "./pure-output.ts";
import type { CommandSyntax, PipelineSyntax } from "./syntax.ts";
import { SHELLS, unwrap } from "./unwrap.ts";

/** How deep scripts in scripts are followed. */
export const SCRIPT_DEPTH_MAX = 12;

/** Most commands that one reading collects. */
export const READ_COMMANDS_MAX = 4_000;

/** Most payloads that one reading collects. */
export const PAYLOADS_MAX = 200;

/** Longest directory that is remembered. */
const DIRECTORY_CHARACTERS_MAX = 4_096;

/** Bytes on their way from one command to the next, and how they were decoded. */
interface Flow {
  readonly data: Buffer | undefined;
  readonly layers: readonly string[];
  readonly from: readonly string[];
}

const NO_FLOW: Flow = { data: undefined, layers: [], from: [] };

/** What a script may know before it starts. */
export interface ScriptSurroundings {
  readonly environment?: ReadonlyMap<string, string>;
  /** Files that are known to lie there, by path: those that were copied in. */
  readonly files?: ReadonlyMap<string, Buffer>;
}

/**
 * Reads what a script would do, without doing any of it: variables are filled in, texts decoded, scripts in scripts
 * followed. Nothing is run, fetched or looked up.
 */
export function readScript(script: string, surroundings: ScriptSurroundings = {}): ShellReading {
  const reader = new ScriptReader(surroundings);
  reader.script(script, TOP_CONTEXT, 0);
  return reader.reading();
}

/** The same for a command that is given as words. */
export function readCommand(argv: readonly string[], surroundings: ScriptSurroundings = {}): ShellReading {
  const reader = new ScriptReader(surroundings);
  reader.command(argv, { source: argv.join(" "), redirects: [], writes: [] }, NO_FLOW, [], TOP_CONTEXT, 0);
  return reader.reading();
}

interface Written {
  readonly source: string;
  readonly redirects: ShellCommand["redirects"];
  readonly writes: readonly FileWrite[];
}

class ScriptReader {
  readonly #commands: ShellCommand[] = [];
  readonly #payloads: Payload[] = [];
  readonly #comments: string[] = [];
  readonly #variables = new Map<string, string>([
    ["HOME", "/root"],
    ["USER", "root"],
    ["PWD", "/"],
    ["SHELL", "/bin/sh"],
    ["IFS", " \t\n"],
    ["0", "sh"],
  ]);
  readonly #files = new Map<string, { readonly data: Buffer; readonly layers: readonly string[] }>();
  readonly #followed = new Set<string>();

  constructor({ environment, files }: ScriptSurroundings) {
    for (const [name, value] of environment ?? []) {
      this.#variables.set(name, value);
    }
    for (const [path, data] of files ?? []) {
      this.#files.set(path, { data, layers: [] });
    }
  }

  reading(): ShellReading {
    return { commands: this.#commands, payloads: this.#payloads, comments: this.#comments };
  }

  script(text: string, context: CommandContext, depth: number): void {
    if (depth > SCRIPT_DEPTH_MAX || this.#commands.length >= READ_COMMANDS_MAX) {
      return;
    }
    const { pipelines, comments } = parseScript(text);
    for (const pipeline of pipelines) {
      this.#pipeline(pipeline, context, depth);
    }
    this.#comments.push(...comments.filter((comment) => !comment.startsWith("!")));
    if (!context.inComment) {
      for (const comment of comments.filter(looksLikeCommand)) {
        this.script(comment, { ...context, inComment: true }, depth + 1);
      }
    }
  }

  #pipeline(pipeline: PipelineSyntax, context: CommandContext, depth: number): Flow {
    const expanded = pipeline.map((syntax) => this.#expand(syntax, context, depth));
    let flow = NO_FLOW;
    for (const [index, { argv, written, stdin }] of expanded.entries()) {
      const feeds = expanded.slice(index + 1).map((later) => nameOf(later.argv));
      const input: Flow = stdin === undefined ? flow : { data: stdin, layers: flow.layers, from: flow.from };
      flow = this.command(argv, written, input, feeds, context, depth);
    }
    return flow;
  }

  #expand(syntax: CommandSyntax, context: CommandContext, depth: number) {
    const scope = this.#scope(context, depth);
    const words = syntax.words;
    let first = 0;
    for (; first < words.length; first += 1) {
      const assignment = assignmentOf(words[first] ?? []);
      if (assignment === undefined) {
        break;
      }
      const value = expandToOne(assignment.value, scope);
      this.#variables.set(
        assignment.name,
        assignment.append ? (this.#variables.get(assignment.name) ?? "") + value : value,
      );
    }
    const argv = words.slice(first).flatMap((word) => expandWord(word, scope));
    if (["export", "readonly", "local", "declare", "typeset", "alias"].includes(argv[0] ?? "")) {
      for (const word of argv.slice(1)) {
        const [, name, value] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word) ?? [];
        if (name !== undefined && argv[0] !== "alias") {
          this.#variables.set(name, value ?? "");
        }
      }
    }
    if (argv[0] === "for" && argv[1] !== undefined && argv[3] !== undefined) {
      this.#variables.set(argv[1], argv[3]);
    }
    let stdin: Buffer | undefined;
    const redirects: { operator: string; target: string }[] = [];
    for (const { operator, target, body } of syntax.redirects) {
      const name = expandToOne(target, scope);
      redirects.push({ operator, target: name });
      if (body !== undefined) {
        stdin = Buffer.from(body.quoted ? body.text : expandToOne(hereDocumentWord(body.text), scope));
      } else if (operator === "<<<") {
        stdin = Buffer.from(`${name}\n`);
      } else if (operator === "<") {
        stdin = this.#files.get(name)?.data;
      }
    }
    const writes = redirects
      .filter(
        ({ operator, target }) =>
          /^(?:>|>>|>\||<>|>&)$/.test(operator) &&
          !/^(?:&?\d+|-|\/dev\/(?:null|std\w+|tty))$/.test(target) &&
          target !== "",
      )
      .map(({ operator, target }): FileWrite => ({ path: target, append: operator === ">>" }));
    return { argv, stdin, written: { source: syntax.source, redirects, writes } };
  }

  #scope(context: CommandContext, depth: number): ExpansionScope {
    return {
      get: (name) => this.#variables.get(name),
      set: (name, value) => void this.#variables.set(name, value),
      substitute: (script) => {
        if (depth > SCRIPT_DEPTH_MAX) {
          return "";
        }
        const last = parseScript(script)
          .pipelines.map((pipeline) => this.#pipeline(pipeline, context, depth + 1))
          .at(-1);
        return last?.data?.toString("utf8") ?? "";
      },
    };
  }

  /** Records a command, follows what it runs, and tells what it prints. */
  command(
    argv: readonly string[],
    written: Written,
    input: Flow,
    feeds: readonly string[],
    context: CommandContext,
    depth: number,
  ): Flow {
    const name = nameOf(argv);
    const output =
      argv.length === 0
        ? input.data && { data: input.data }
        : outputOf({ argv, name, stdin: input.data, fileOf: (path) => this.#files.get(path)?.data });
    const layers = [...input.layers, ...(output?.layer === undefined ? [] : [output.layer])];
    const writes = [...written.writes, ...(name === "tee" ? teeWrites(argv) : [])].map((write) =>
      this.#keep(write, output?.data, layers, context, depth),
    );
    if (this.#commands.length < READ_COMMANDS_MAX && (argv.length > 0 || writes.length > 0)) {
      this.#commands.push({
        argv,
        name,
        source: written.source,
        directory: this.#variables.get("PWD") ?? "/",
        redirects: written.redirects,
        writes,
        ...(input.data !== undefined && { stdin: input.data.toString("utf8") }),
        fedBy: input.from,
        feeds,
        context,
      });
    }
    if (depth <= SCRIPT_DEPTH_MAX) {
      this.#follow(argv, name, written, input, feeds, context, depth);
    }
    for (const word of argv.slice(1)) {
      this.#reveal(word, context, depth);
    }
    return { data: output?.data, layers, from: [...input.from, name] };
  }

  /** A file that is written: kept for later commands, and read when it is a script or a crontab. */
  #keep(
    write: FileWrite,
    data: Buffer | undefined,
    layers: readonly string[],
    context: CommandContext,
    depth: number,
  ): FileWrite {
    if (data === undefined) {
      return write;
    }
    const before = write.append ? this.#files.get(write.path)?.data : undefined;
    const content = before === undefined ? data : Buffer.concat([before, data]);
    this.#files.set(write.path, { data: content, layers });
    const text = data.toString("utf8");
    if (layers.length > 0) {
      this.#payload(text, [...context.layers, ...layers], false);
    }
    const cron = cronCommands(text);
    const inner = { ...context, layers: [...context.layers, ...layers] };
    if (cron.length > 0) {
      for (const command of cron) {
        this.script(command, { ...inner, wrappers: [...context.wrappers, "cron"] }, depth + 1);
      }
    } else if (
      /^#!|\b(?:Exec(?:Start|StartPre|Stop)=)/m.test(text) ||
      /\.(?:sh|bash)$|\/rc\.local$|\/\.(?:bash|zsh)?(?:rc|profile|_profile|_aliases)$/.test(write.path)
    ) {
      this.script(text.replace(/^Exec\w+=-?/gm, ""), { ...inner, wrappers: [...context.wrappers, "file"] }, depth + 1);
    }
    return { ...write, content: text };
  }

  #follow(
    argv: readonly string[],
    name: string,
    written: Written,
    input: Flow,
    feeds: readonly string[],
    context: CommandContext,
    depth: number,
  ): void {
    if (name === "cd" || name === "pushd") {
      this.#goTo(argv.find((word, index) => index > 0 && !word.startsWith("-")) ?? "/root");
      return;
    }
    if (SHELLS.has(name)) {
      this.#shell(argv, input, context, depth);
      return;
    }
    const language = languageOfInterpreter(name);
    if (language !== undefined) {
      const program = programOf(name, argv) ?? input.data?.toString("utf8");
      if (program !== undefined) {
        this.#program(program, input.layers, context, depth);
      }
      return;
    }
    if (name === "crontab" && input.data !== undefined) {
      this.#keep({ path: "/var/spool/cron/crontabs/root", append: false }, input.data, input.layers, context, depth);
      return;
    }
    if (name === "source" || name === ".") {
      this.#file(argv[1], context, depth);
      return;
    }
    const inner = unwrap(name, argv);
    if (inner === undefined) {
      if (argv[0]?.includes("/") === true) {
        this.#file(argv[0], context, depth);
      }
      return;
    }
    const next: CommandContext = {
      ...context,
      root: inner.root === undefined ? context.root : joinRoot(context.root, inner.root),
      inHostNamespaces: context.inHostNamespaces || inner.inHostNamespaces === true,
      wrappers: [...context.wrappers, inner.wrapper],
    };
    if (inner.script !== undefined) {
      this.script(inner.script, next, depth + 1);
    } else if (inner.argv !== undefined) {
      this.command(inner.argv, { ...written, writes: [] }, input, feeds, next, depth + 1);
    }
  }

  #goTo(directory: string): void {
    const from = this.#variables.get("PWD") ?? "/";
    const to = directory.startsWith("/") ? directory : `${from.replace(/\/+$/, "")}/${directory}`;
    this.#variables.set("PWD", to.slice(0, DIRECTORY_CHARACTERS_MAX));
  }

  #shell(argv: readonly string[], input: Flow, context: CommandContext, depth: number): void {
    const option = argv.findIndex((word, index) => index > 0 && /^-[a-zA-Z]*c[a-zA-Z]*$/.test(word));
    const script = option < 0 ? undefined : argv[option + 1];
    if (script !== undefined) {
      for (const [index, value] of argv.slice(option + 2).entries()) {
        this.#variables.set(String(index), value);
      }
      this.script(script, context, depth + 1);
      return;
    }
    const file = argv.slice(1).find((word) => !/^[-+]/.test(word));
    if (file !== undefined) {
      this.#file(file, context, depth);
    } else if (input.data !== undefined) {
      this.#run(input.data, input.layers, context, depth);
    }
  }

  /** A script whose text is known is handed to a shell. */
  #run(data: Buffer, layers: readonly string[], context: CommandContext, depth: number): void {
    const text = data.toString("utf8");
    const all = [...context.layers, ...layers];
    if (layers.length > 0 && !this.#payload(text, all, true)) {
      return;
    }
    this.script(text, { ...context, layers: all }, depth + 1);
  }

  #file(path: string | undefined, context: CommandContext, depth: number): void {
    const known =
      path === undefined ? undefined : (this.#files.get(path) ?? this.#files.get(path.replace(/^\.\//, "")));
    if (known !== undefined && path !== undefined && !this.#followed.has(path) && isReadable(known.data)) {
      this.#followed.add(path);
      this.#run(known.data, known.layers, context, depth);
    }
  }

  #program(program: string, layers: readonly string[], context: CommandContext, depth: number): void {
    if (depth > SCRIPT_DEPTH_MAX) {
      return;
    }
    const all = [...context.layers, ...layers];
    if (layers.length > 0) {
      this.#payload(program, all, true);
    }
    for (const part of partsOfProgram(program)) {
      const inner = { ...context, layers: [...all, ...part.layers] };
      if (part.layers.length > 0) {
        this.#payload(part.text, inner.layers, true);
      }
      if (part.language === "shell") {
        this.script(part.text, inner, depth + 1);
      } else {
        this.#program(part.text, [], inner, depth + 1);
        this.script(part.text, inner, depth + 1);
      }
    }
  }

  /** A word that hides a text although nothing in the script decodes it. */
  #reveal(word: string, context: CommandContext, depth: number): void {
    if (depth > SCRIPT_DEPTH_MAX || word.length < 24) {
      return;
    }
    for (const { data, layers } of findHidden(word)) {
      const text = data.toString("utf8");
      const all = [...context.layers, ...layers];
      if (this.#payload(text, all, false)) {
        this.script(text, { ...context, layers: all }, depth + 1);
      }
    }
  }

  /** Adds a payload; false when the same text is there already. */
  #payload(text: string, layers: readonly string[], executed: boolean): boolean {
    const at = this.#payloads.findIndex((known) => known.text.trim() === text.trim());
    const known = this.#payloads[at];
    if (known !== undefined) {
      this.#payloads[at] = { ...known, executed: known.executed || executed };
      return false;
    }
    if (this.#payloads.length < PAYLOADS_MAX) {
      this.#payloads.push({ text, layers, executed });
    }
    return true;
  }
}

const nameOf = (argv: readonly string[]): string => argv[0]?.split("/").at(-1) ?? "";

const teeWrites = (argv: readonly string[]): FileWrite[] =>
  argv
    .slice(1)
    .filter((word) => !word.startsWith("-"))
    .map((path) => ({ path, append: argv.includes("-a") || argv.includes("--append") }));

function joinRoot(root: string, inner: string): string {
  const clean = inner.replace(/\/+$/, "");
  return clean === "" ? root : inner.startsWith("/") ? root + clean : clean;
}

function assignmentOf(word: CommandSyntax["words"][number]) {
  const first = word[0];
  const match = first?.kind === "text" && !first.quoted ? /^([A-Za-z_]\w*)(\+?)=([\s\S]*)$/.exec(first.text) : null;
  if (match === null) {
    return undefined;
  }
  const [, name = "", append, rest = ""] = match;
  const value = [...(rest === "" ? [] : [{ kind: "text" as const, text: rest, quoted: true }]), ...word.slice(1)];
  return { name, append: append === "+", value };
}

/** The commands of lines in the form of a crontab, with or without a user. */
export function cronCommands(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => {
    const fields =
      /^\s*(?:@(?:reboot|hourly|daily|weekly|monthly|yearly|annually|midnight)|(?:[\d*/,-]+\s+){4}[\d*/,A-Za-z-]+)\s+(?:(root|[a-z_][a-z0-9_-]{0,31})\s+(?=\S*[/ ]|\S+\s))?(\S[\s\S]*)$/.exec(
        line,
      );
    if (fields === null) {
      return [];
    }
    const [, user, command = ""] = fields;
    return [user === undefined || user === "root" ? command : `${user} ${command}`];
  });
}

const COMMENTED =
  /^(?:[\w./-]+\s+){0,3}?(?:curl|wget|apk|apt|apt-get|yum|chroot|chmod|chattr|crontab|nohup|bash|sh|python\d?|tor|masscan|xmrig|useradd|adduser|echo|iptables|ssh|docker|rm|mount|nsenter|systemctl)\b/;

/** A comment that is a command that was switched off, not a sentence. */
const looksLikeCommand = (comment: string): boolean => COMMENTED.test(comment) && comment.length < 4_096;
