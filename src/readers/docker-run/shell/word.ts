import { message } from "../messages.ts";
import type { ShellCursor } from "./cursor.ts";
import { readExpansion, readTilde } from "./expansion.ts";
import type { ShellWord } from "./types.ts";
import { WordBuilder } from "./word-builder.ts";

/** Characters that stand for themselves in an unquoted word. */
const PLAIN = /[^\s'"\\$`;&|()<>{}*?]+/y;
const PLAIN_IN_DOUBLE_QUOTES = /[^"\\$`]+/y;

/** Escapes of `$'…'` (bash manual, ANSI-C Quoting). */
const ANSI_ESCAPE =
  /\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|c([\s\S])|([\s\S]))/y;
const ANSI_LETTERS: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
const CODE_POINT_MAX = 0x10ffff;

/** Reads one word. The cursor stands on its first character. */
export function readWord(cursor: ShellCursor): ShellWord {
  cursor.countWord();
  const word = new WordBuilder(cursor.text, cursor.at, cursor.known);
  if (cursor.peek() === "~") {
    readTilde(cursor, word);
  }
  while (cursor.at < cursor.text.length && readPiece(cursor, word)) {
    // each turn consumes at least one character
  }
  return word.finish(cursor.at);
}

/** Reads the next piece of a word. `false` when the word has ended. */
function readPiece(cursor: ShellCursor, word: WordBuilder): boolean {
  const start = cursor.at;
  const plain = cursor.match(PLAIN);
  if (plain !== undefined) {
    cursor.at += plain.length;
    word.append(plain, start);
    return true;
  }
  const character = cursor.peek();
  switch (character) {
    case "'":
      readSingleQuotes(cursor, word);
      return true;
    case '"':
      readDoubleQuotes(cursor, word);
      return true;
    case "\\":
      readEscape(cursor, word);
      return true;
    case "$":
      return readDollar(cursor, word);
    case "`":
      return cursor.ends.includes("`") ? false : readExpansion(cursor, word, false);
    case "{":
    case "}":
    case "*":
    case "?":
      word.noteUnquoted(character, start);
      cursor.at += 1;
      word.append(character, start);
      return true;
    case "<":
    case ">":
      return cursor.peek(1) === "(" && readProcessSubstitution(cursor, word);
    default:
      return false;
  }
}

function readDollar(cursor: ShellCursor, word: WordBuilder): boolean {
  const start = cursor.at;
  if (cursor.peek(1) === "'") {
    readAnsiQuotes(cursor, word);
  } else if (cursor.peek(1) === '"') {
    cursor.at += 1; // a translated string: the text itself where there is no translation
    readDoubleQuotes(cursor, word);
  } else if (!readExpansion(cursor, word, false)) {
    cursor.at += 1;
    word.append("$", start);
  }
  return true;
}

function readProcessSubstitution(cursor: ShellCursor, word: WordBuilder): boolean {
  const start = cursor.at;
  cursor.at += 2;
  cursor.readCommands(cursor, ")");
  word.appendUnknown("command", cursor.text.slice(start, cursor.at), start, false);
  return true;
}

function readEscape(cursor: ShellCursor, word: WordBuilder): void {
  const start = cursor.at;
  const newline = cursor.match(/\\\r?\n/y);
  if (newline !== undefined) {
    cursor.at += newline.length;
    return;
  }
  cursor.at += 2;
  const escaped = cursor.text[start + 1];
  word.append(escaped ?? "\\", escaped === undefined ? start : start + 1);
}

function readSingleQuotes(cursor: ShellCursor, word: WordBuilder): void {
  const start = cursor.at;
  const close = cursor.text.indexOf("'", start + 1);
  if (close < 0) {
    cursor.error(start, message.unterminated("'"));
  }
  const end = close < 0 ? cursor.text.length : close;
  word.append(cursor.text.slice(start + 1, end), start + 1);
  cursor.at = Math.min(end + 1, cursor.text.length);
}

function readDoubleQuotes(cursor: ShellCursor, word: WordBuilder): void {
  const start = cursor.at;
  cursor.at += 1;
  while (cursor.at < cursor.text.length) {
    const here = cursor.at;
    const plain = cursor.match(PLAIN_IN_DOUBLE_QUOTES);
    const character = cursor.peek();
    if (plain !== undefined) {
      cursor.at += plain.length;
      word.append(plain, here);
    } else if (character === '"') {
      cursor.at += 1;
      return;
    } else if (character === "\\" && /["\\$`\n\r]/.test(cursor.peek(1))) {
      readEscape(cursor, word);
    } else if (
      character === "\\" ||
      (character === "`" && cursor.ends.includes("`")) ||
      !readExpansion(cursor, word, true)
    ) {
      cursor.at += 1;
      word.append(character, here);
    }
  }
  cursor.error(start, message.unterminated('"'));
}

function readAnsiQuotes(cursor: ShellCursor, word: WordBuilder): void {
  const start = cursor.at;
  cursor.at += 2;
  while (cursor.at < cursor.text.length) {
    const here = cursor.at;
    const character = cursor.peek();
    if (character === "'") {
      cursor.at += 1;
      return;
    }
    const sequence = character === "\\" ? cursor.match(ANSI_ESCAPE) : undefined;
    cursor.at += sequence?.length ?? 1;
    word.append(sequence === undefined ? character : unescapeAnsi(sequence), here);
  }
  cursor.error(start, message.unterminated("$'"));
}

function unescapeAnsi(sequence: string): string {
  ANSI_ESCAPE.lastIndex = 0;
  const [, hex, short, long, octal, control, letter] = ANSI_ESCAPE.exec(sequence) ?? [];
  const digits = hex ?? short ?? long;
  if (digits !== undefined) {
    return String.fromCodePoint(Math.min(Number.parseInt(digits, 16), CODE_POINT_MAX));
  }
  if (octal !== undefined) {
    return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
  }
  if (control !== undefined) {
    return String.fromCharCode(control.charCodeAt(0) & 0x1f);
  }
  const known = letter === undefined ? undefined : ANSI_LETTERS[letter];
  return known ?? (letter !== undefined && /["'?\\]/.test(letter) ? letter : sequence);
}
