import { message } from "../messages.ts";
import type { ShellCursor } from "./cursor.ts";
import type { UnknownKind } from "./types.ts";
import type { WordBuilder } from "./word-builder.ts";

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const SPECIAL_PARAMETER = /[0-9@*#?$!-]/y;
const TILDE_PREFIX = /~([A-Za-z0-9_.+-]*)(?=[/\s;&|()<>]|$)/y;

/** Substitutions that print the working directory. */
const PRINTS_WORKING_DIRECTORY = /^(\$\(\s*pwd( -[LP])?\s*\)|`\s*pwd( -[LP])?\s*`)$/;

/** Reads an expansion that begins with `$` or a backtick. `false` when the character stands for itself. */
export function readExpansion(cursor: ShellCursor, word: WordBuilder, quoted: boolean): boolean {
  const start = cursor.at;
  if (cursor.peek() === "`") {
    return readSubstitution(cursor, word, quoted, "`");
  }
  if (cursor.startsWith("$((")) {
    skipArithmetic(cursor);
    word.appendUnknown("command", cursor.text.slice(start, cursor.at), start, quoted);
    return true;
  }
  if (cursor.startsWith("$(")) {
    return readSubstitution(cursor, word, quoted, ")");
  }
  if (cursor.startsWith("${")) {
    skipBraces(cursor);
    const source = cursor.text.slice(start, cursor.at);
    word.appendUnknown(kindOfBraces(source), source, start, quoted);
    return true;
  }
  cursor.at += 1;
  const name = cursor.match(NAME) ?? cursor.match(SPECIAL_PARAMETER);
  if (name === undefined) {
    cursor.at = start;
    return false;
  }
  cursor.at += name.length;
  word.appendUnknown(kindOfName(name), `$${name}`, start, quoted);
  return true;
}

/** Reads `~` or `~user` at the start of a word. */
export function readTilde(cursor: ShellCursor, word: WordBuilder): boolean {
  const prefix = cursor.match(TILDE_PREFIX);
  if (prefix === undefined) {
    return false;
  }
  const start = cursor.at;
  cursor.at += prefix.length;
  word.appendUnknown(
    prefix === "~" ? "home-directory" : prefix === "~+" ? "working-directory" : "variable",
    prefix,
    start,
    false,
  );
  return true;
}

function readSubstitution(cursor: ShellCursor, word: WordBuilder, quoted: boolean, end: ")" | "`"): boolean {
  const start = cursor.at;
  cursor.at += end === ")" ? 2 : 1;
  cursor.readCommands(cursor, end);
  const source = cursor.text.slice(start, cursor.at);
  word.appendUnknown(PRINTS_WORKING_DIRECTORY.test(source) ? "working-directory" : "command", source, start, quoted);
  return true;
}

function skipArithmetic(cursor: ShellCursor): void {
  const start = cursor.at;
  let open = 0;
  for (; cursor.at < cursor.text.length; cursor.at += 1) {
    const character = cursor.peek();
    open += character === "(" ? 1 : character === ")" ? -1 : 0;
    if (character === ")" && open === 0) {
      cursor.at += 1;
      return;
    }
  }
  cursor.error(start, message.unterminated("$(("));
}

/** Skips `${…}`. A quote or an inner `${` hides a closing brace. */
function skipBraces(cursor: ShellCursor): void {
  const start = cursor.at;
  let open = 0;
  let quote = "";
  for (; cursor.at < cursor.text.length; cursor.at += 1) {
    const character = cursor.peek();
    if (character === "\\" && quote !== "'") {
      cursor.at += 1;
    } else if (quote !== "") {
      quote = character === quote ? "" : quote;
    } else if (character === "'" || character === '"') {
      quote = character;
    } else if (character === "{") {
      open += 1;
    } else if (character === "}") {
      open -= 1;
      if (open === 0) {
        cursor.at += 1;
        return;
      }
    }
  }
  cursor.at = cursor.text.length;
  cursor.error(start, message.unterminated("${"));
}

function kindOfName(name: string): UnknownKind {
  switch (name) {
    case "PWD":
      return "working-directory";
    case "HOME":
      return "home-directory";
    case "@":
    case "*":
      return "arguments";
    default:
      return "variable";
  }
}

function kindOfBraces(source: string): UnknownKind {
  if (/^\$\{[@*]|\[[@*]\]|^\$\{\w+:?\+/.test(source)) {
    return "arguments";
  }
  const plain = /^\$\{(\w+)\}$/.exec(source)?.[1];
  return plain === undefined ? "variable" : kindOfName(plain);
}
