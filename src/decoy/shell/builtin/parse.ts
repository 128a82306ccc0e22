/** The grammar of the small shell: lists, pipes, redirections, quotes, `for`, `while`, `if`, groups. */

/** A piece of a word. */
export type Part =
  | { readonly kind: "text"; readonly text: string; readonly quoted: boolean }
  | { readonly kind: "variable"; readonly name: string; readonly quoted: boolean }
  | { readonly kind: "command"; readonly script: string; readonly quoted: boolean }
  | { readonly kind: "arithmetic"; readonly expression: string; readonly quoted: boolean };

export type Word = readonly Part[];

export interface Redirection {
  readonly from: number;
  readonly operator: ">" | ">>" | "<" | ">&" | "<&";
  readonly to: Word;
}

export type Command =
  | {
      readonly kind: "simple";
      readonly assignments: readonly (readonly [string, Word])[];
      readonly words: readonly Word[];
      readonly redirections: readonly Redirection[];
    }
  | { readonly kind: "for"; readonly name: string; readonly items: readonly Word[]; readonly body: List }
  | { readonly kind: "while"; readonly until: boolean; readonly condition: List; readonly body: List }
  | { readonly kind: "if"; readonly branches: readonly (readonly [List, List])[]; readonly otherwise: List | undefined }
  | { readonly kind: "group"; readonly body: List; readonly redirections: readonly Redirection[] };

export interface Pipeline {
  readonly commands: readonly Command[];
  readonly negated: boolean;
}

export interface ListItem {
  readonly pipeline: Pipeline;
  /** How the next pipeline depends on this one. */
  readonly next: ";" | "&" | "&&" | "||";
}

export type List = readonly ListItem[];

/** A script that is none. */
export class ShellSyntaxError extends Error {}

/** Characters of a script that are read; a longer one is refused. */
export const SCRIPT_CHARACTERS_MAX = 256 * 1024;

/** Groups and loops inside each other. */
const DEPTH_MAX = 50;

const OPERATOR = /^(?:&&|\|\||;;|[;&|()\n]|(?:\d*(?:>>|>&|<&|>|<)))/;

interface Token {
  readonly kind: "operator" | "word";
  readonly text: string;
  readonly word: Word;
}

export function parseScript(script: string): List {
  if (script.length > SCRIPT_CHARACTERS_MAX) {
    throw new ShellSyntaxError("script too long");
  }
  const parser = new Parser(tokenize(script));
  const list = parser.list([]);
  parser.expectEnd();
  return list;
}

function tokenize(script: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < script.length) {
    const rest = script.slice(at, at + 8);
    if (/^[ \t\r]/.test(rest)) {
      at += 1;
    } else if (rest.startsWith("\\\n")) {
      at += 2;
    } else if (rest.startsWith("#")) {
      const end = script.indexOf("\n", at);
      at = end < 0 ? script.length : end;
    } else {
      const operator = OPERATOR.exec(rest)?.[0];
      if (operator !== undefined) {
        tokens.push({ kind: "operator", text: operator, word: [] });
        at += operator.length;
      } else {
        const read = readWord(script, at);
        tokens.push({ kind: "word", text: script.slice(at, read.end), word: read.parts });
        at = read.end;
      }
    }
  }
  return tokens;
}

function readWord(script: string, start: number): { parts: Part[]; end: number } {
  const parts: Part[] = [];
  let at = start;
  const text = (piece: string, quoted: boolean): void => {
    parts.push({ kind: "text", text: piece, quoted });
  };
  while (at < script.length && !/[ \t\r\n;&|()<>]/.test(script.charAt(at))) {
    const char = script.charAt(at);
    if (char === "'") {
      const end = closing(script, script.indexOf("'", at + 1));
      text(script.slice(at + 1, end), true);
      at = end + 1;
    } else if (char === '"') {
      at = readDouble(script, at + 1, parts);
    } else if (char === "\\") {
      text(script.charAt(at + 1), true);
      at += 2;
    } else if (char === "$" || char === "`") {
      at = readDollar(script, at, parts, false);
    } else {
      const end = /^[^ \t\r\n;&|()<>'"\\$`]+/.exec(script.slice(at))?.[0].length ?? 1;
      text(script.slice(at, at + end), false);
      at += end;
    }
  }
  return { parts, end: at };
}

function closing(script: string, end: number): number {
  if (end < 0 || end > script.length) {
    throw new ShellSyntaxError("syntax error: unterminated quoted string");
  }
  return end;
}

function readDouble(script: string, start: number, parts: Part[]): number {
  let at = start;
  let text = "";
  const flush = (): void => {
    parts.push({ kind: "text", text, quoted: true });
    text = "";
  };
  while (script.charAt(at) !== '"') {
    closing(script, at >= script.length ? -1 : at);
    const char = script.charAt(at);
    if (char === "\\" && /["\\$`\n]/.test(script.charAt(at + 1))) {
      text += script.charAt(at + 1) === "\n" ? "" : script.charAt(at + 1);
      at += 2;
    } else if (char === "$" || char === "`") {
      flush();
      at = readDollar(script, at, parts, true);
    } else {
      text += char;
      at += 1;
    }
  }
  flush();
  return at + 1;
}

function readDollar(script: string, start: number, parts: Part[], quoted: boolean): number {
  if (script.charAt(start) === "`") {
    const end = closing(script, script.indexOf("`", start + 1));
    parts.push({ kind: "command", script: script.slice(start + 1, end), quoted });
    return end + 1;
  }
  if (script.startsWith("$((", start)) {
    const end = closing(script, script.indexOf("))", start));
    parts.push({ kind: "arithmetic", expression: script.slice(start + 3, end), quoted });
    return end + 2;
  }
  if (script.startsWith("$(", start)) {
    const end = closing(script, matching(script, start + 1));
    parts.push({ kind: "command", script: script.slice(start + 2, end), quoted });
    return end + 1;
  }
  const name = /^\$(?:\{([A-Za-z_]\w*|[?#@*$!\d])\}|([A-Za-z_]\w*|[?#@*$!\d]))/.exec(script.slice(start, start + 200));
  if (name === null) {
    parts.push({ kind: "text", text: "$", quoted });
    return start + 1;
  }
  parts.push({ kind: "variable", name: name[1] ?? name[2] ?? "", quoted });
  return start + name[0].length;
}

/** Place of the parenthesis that closes the one at `open`. */
function matching(script: string, open: number): number {
  let depth = 0;
  let quote = "";
  for (let at = open; at < script.length; at += 1) {
    const char = script.charAt(at);
    if (quote !== "") {
      quote = char === quote ? "" : quote;
    } else if (char === "'" || char === '"') {
      quote = char;
    } else if (char === "(") {
      depth += 1;
    } else if (char === ")") {
      depth -= 1;
      if (depth === 0) {
        return at;
      }
    }
  }
  return -1;
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  expectEnd(): void {
    if (this.#at < this.#tokens.length) {
      throw this.#unexpected();
    }
  }

  /** Pipelines up to one of the words that end the list. */
  list(ends: readonly string[]): List {
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX) {
      throw new ShellSyntaxError("nested too deep");
    }
    const items: ListItem[] = [];
    for (;;) {
      while (this.#is("\n") || this.#is(";")) {
        this.#at += 1;
      }
      const token = this.#tokens[this.#at];
      if (token === undefined || ends.includes(token.text) || (token.kind === "operator" && token.text === ")")) {
        this.#depth -= 1;
        return items;
      }
      const pipeline = this.#pipeline();
      const next = this.#tokens[this.#at];
      const joins = next?.kind === "operator" && ["&&", "||", "&", ";", "\n"].includes(next.text);
      if (joins) {
        this.#at += 1;
      }
      items.push({ pipeline, next: joins ? (next.text === "\n" ? ";" : (next.text as ListItem["next"])) : ";" });
    }
  }

  #pipeline(): Pipeline {
    const negated = this.#isWord("!");
    if (negated) {
      this.#at += 1;
    }
    const commands = [this.#command()];
    while (this.#is("|")) {
      this.#at += 1;
      while (this.#is("\n")) {
        this.#at += 1;
      }
      commands.push(this.#command());
    }
    return { commands, negated };
  }

  #command(): Command {
    const token = this.#tokens[this.#at];
    if (token?.kind === "operator" && token.text === "(") {
      return this.#group(")");
    }
    switch (token?.kind === "word" ? token.text : "") {
      case "{":
        return this.#group("}");
      case "for":
        return this.#for();
      case "while":
      case "until":
        return this.#while(token?.text === "until");
      case "if":
        return this.#if();
      default:
        return this.#simple();
    }
  }

  #group(end: string): Command {
    this.#at += 1;
    const body = this.list([end]);
    this.#expect(end);
    return { kind: "group", body, redirections: this.#redirections() };
  }

  #for(): Command {
    this.#at += 1;
    const name = this.#take().text;
    const items: Word[] = [];
    if (this.#isWord("in")) {
      this.#at += 1;
      while (this.#tokens[this.#at]?.kind === "word") {
        items.push(this.#take().word);
      }
    }
    return { kind: "for", name, items, body: this.#loopBody() };
  }

  #while(until: boolean): Command {
    this.#at += 1;
    const condition = this.list(["do"]);
    return { kind: "while", until, condition, body: this.#loopBody() };
  }

  #loopBody(): List {
    while (this.#is(";") || this.#is("\n")) {
      this.#at += 1;
    }
    this.#expect("do");
    const body = this.list(["done"]);
    this.#expect("done");
    return body;
  }

  #if(): Command {
    const branches: [List, List][] = [];
    let otherwise: List | undefined;
    do {
      this.#at += 1;
      const condition = this.list(["then"]);
      this.#expect("then");
      branches.push([condition, this.list(["elif", "else", "fi"])]);
    } while (this.#isWord("elif"));
    if (this.#isWord("else")) {
      this.#at += 1;
      otherwise = this.list(["fi"]);
    }
    this.#expect("fi");
    return { kind: "if", branches, otherwise };
  }

  #simple(): Command {
    const assignments: [string, Word][] = [];
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      const assignment = token?.kind === "word" && words.length === 0 ? /^([A-Za-z_]\w*)=/.exec(token.text) : null;
      const first = token?.word[0];
      if (assignment !== null && token !== undefined && first?.kind === "text") {
        const rest: Part = { kind: "text", text: first.text.slice(assignment[0].length), quoted: first.quoted };
        assignments.push([assignment[1] ?? "", [rest, ...token.word.slice(1)]]);
        this.#at += 1;
      } else if (token?.kind === "word") {
        words.push(token.word);
        this.#at += 1;
      } else if (token !== undefined && /[<>]/.test(token.text)) {
        redirections.push(this.#redirection());
      } else {
        break;
      }
    }
    if (assignments.length + words.length + redirections.length === 0) {
      throw this.#unexpected();
    }
    return { kind: "simple", assignments, words, redirections };
  }

  #redirections(): Redirection[] {
    const redirections: Redirection[] = [];
    while (/[<>]/.test(this.#tokens[this.#at]?.text ?? "") && this.#tokens[this.#at]?.kind === "operator") {
      redirections.push(this.#redirection());
    }
    return redirections;
  }

  #redirection(): Redirection {
    const { text } = this.#take();
    const operator = text.replace(/^\d+/, "") as Redirection["operator"];
    const digits = /^\d+/.exec(text)?.[0];
    const to = this.#take();
    return { from: digits === undefined ? (operator.startsWith("<") ? 0 : 1) : Number(digits), operator, to: to.word };
  }

  #take(): Token {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "word" && !/[<>]/.test(token?.text ?? "")) {
      throw this.#unexpected();
    }
    this.#at += 1;
    return token as Token;
  }

  #is(operator: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === "operator" && token.text === operator;
  }

  #isWord(word: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === "word" && token.text === word;
  }

  #expect(text: string): void {
    if (this.#tokens[this.#at]?.text !== text) {
      throw this.#unexpected();
    }
    this.#at += 1;
  }

  #unexpected(): ShellSyntaxError {
    const token = this.#tokens[this.#at];
    const found = token === undefined ? "end of file" : token.text === "\n" ? "newline" : `"${token.text}"`;
    return new ShellSyntaxError(`syntax error: unexpected ${found}`);
  }
}
