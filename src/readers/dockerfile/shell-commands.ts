import type { ShellCommand } from "../../facts/index.ts";

/** Most commands that are taken from one text. */
export const SHELL_COMMANDS_MAX = 2_000;

type Join = ShellCommand["joinedBy"];

/** Words that begin a compound command: what follows is a command of its own. */
const RESERVED = new Set(["then", "do", "else", "elif", "if", "while", "until", "!", "{", "("]);

/**
 * The simple commands of a shell text, in order: quotes and backslashes are taken off, expansions stay as written, and
 * commands inside `$(…)` stay inside their word. Never fails: an open quote runs to the end.
 */
export function shellCommands(text: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let joinedBy: Join = "";
  const flush = (next: Join): void => {
    const plain = withoutPrefix(words);
    if (plain.length > 0 && commands.length < SHELL_COMMANDS_MAX) {
      commands.push({ words: plain, joinedBy });
    }
    words = [];
    joinedBy = next;
  };
  for (const token of tokens(text)) {
    if (token.kind === "word") {
      words.push(token.text);
    } else {
      flush(token.join);
    }
  }
  flush("");
  return commands;
}

/** Assignments (`A=b cmd`) and reserved words before a command are not its name. */
function withoutPrefix(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !RESERVED.has(word) && !/^[A-Za-z_]\w*\+?=/.test(word));
  return first < 0 ? (words.some((word) => /=/.test(word)) ? words.slice(-1) : []) : words.slice(first);
}

type Token = { readonly kind: "word"; readonly text: string } | { readonly kind: "join"; readonly join: Join };

const OPERATOR = /^(?:&&|\|\||\|&|;;|[;|&\n()])/;

function* tokens(text: string): Generator<Token> {
  let at = 0;
  let word: string | undefined;
  while (at < text.length) {
    const rest = text.slice(at, at + 2);
    const character = rest[0] ?? "";
    const operator = OPERATOR.exec(rest)?.[0];
    if (operator !== undefined && !(operator === "&" && /[<>]$/.test(word ?? ""))) {
      if (word !== undefined) {
        yield { kind: "word", text: word };
        word = undefined;
      }
      yield { kind: "join", join: joinOf(operator) };
      at += operator.length;
    } else if (/\s/.test(character)) {
      if (word !== undefined) {
        yield { kind: "word", text: word };
        word = undefined;
      }
      at += 1;
    } else if (character === "#" && word === undefined) {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end;
    } else {
      const [piece, length] = pieceAt(text, at);
      word = (word ?? "") + piece;
      at += length;
    }
  }
  if (word !== undefined) {
    yield { kind: "word", text: word };
  }
}

function joinOf(operator: string): Join {
  switch (operator) {
    case "&&":
    case "||":
    case "|":
    case "&":
      return operator;
    case "|&":
      return "|";
    default:
      return ";";
  }
}

/** A quoted part, a substitution, an escaped character or a plain one: what it adds to the word, and its length. */
function pieceAt(text: string, at: number): readonly [piece: string, length: number] {
  const character = text[at] ?? "";
  if (character === "'") {
    const end = text.indexOf("'", at + 1);
    return end < 0 ? [text.slice(at + 1), text.length - at] : [text.slice(at + 1, end), end - at + 1];
  }
  if (character === '"') {
    return doubleQuoted(text, at);
  }
  if (character === "$" && text[at + 1] === "(") {
    const end = closing(text, at + 1);
    return [text.slice(at, end), end - at];
  }
  if (character === "\\") {
    return text[at + 1] === "\n" ? ["", 2] : [text[at + 1] ?? "", Math.min(2, text.length - at)];
  }
  return [character, 1];
}

function doubleQuoted(text: string, at: number): readonly [piece: string, length: number] {
  let piece = "";
  let index = at + 1;
  while (index < text.length && text[index] !== '"') {
    if (text[index] === "$" && text[index + 1] === "(") {
      const end = closing(text, index + 1);
      piece += text.slice(index, end);
      index = end;
    } else if (text[index] === "\\" && /["\\$`\n]/.test(text[index + 1] ?? "")) {
      piece += text[index + 1] === "\n" ? "" : text[index + 1];
      index += 2;
    } else {
      piece += text[index];
      index += 1;
    }
  }
  return [piece, Math.min(index + 1, text.length) - at];
}

/** Offset after the bracket that closes the one at `at`. Quotes inside are not looked at: this is for telling, not running. */
function closing(text: string, at: number): number {
  let depth = 0;
  for (let index = at; index < text.length; index += 1) {
    depth += text[index] === "(" ? 1 : text[index] === ")" ? -1 : 0;
    if (depth === 0) {
      return index + 1;
    }
  }
  return text.length;
}
