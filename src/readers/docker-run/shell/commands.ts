import { message } from "../messages.ts";
import type { PlaceFinder } from "../places.ts";
import { type CommandsEnd, ShellCursor } from "./cursor.ts";
import type { KnownDirectories, ShellCommand, ShellProblem, ShellWord } from "./types.ts";
import { readWord } from "./word.ts";

/** A run line that stands where no command stands: in quotes, or in a here-document. */
export const LOOKS_LIKE_RUN_LINE = /\b(docker|podman)\s+(container\s+)?(run|create)\s/;

const BLANK = /(?:[ \t\f\v]|\r(?=\n|$)|\\\r?\n)+/y;
const REDIRECTION = /<<<|<<-|<<|<>|<&|>>|>\||>&|&>>|&>|<(?!\()|>(?!\()/y;
const SEPARATOR = /[\n;&|(]/;

/** The simple commands of a shell text in the order in which they are written, those in substitutions included. */
export function readShellCommands(
  text: string,
  places: PlaceFinder,
  known: KnownDirectories,
): { readonly commands: readonly ShellCommand[]; readonly problems: readonly ShellProblem[] } {
  const cursor = new ShellCursor(text, places, known, readCommands);
  readCommands(cursor, "end");
  const commands = cursor.commands.toSorted((left, right) => offsetOf(left) - offsetOf(right));
  return { commands, problems: cursor.problems };
}

function offsetOf(command: ShellCommand): number {
  return command.words[0]?.offset ?? 0;
}

/**
 * Reads commands up to an end, and consumes that end. The grammar of `if`, `for` and `case` is not followed: their
 * words stand at the start of a command, where the search for a run line steps over them.
 */
function readCommands(cursor: ShellCursor, end: CommandsEnd): void {
  const start = cursor.at;
  cursor.enter(end);
  let words: ShellWord[] = [];
  let openParentheses = 0;
  const finish = (): void => {
    if (words.length > 0) {
      cursor.commands.push({ words });
      words = [];
    }
  };
  while (cursor.at < cursor.text.length) {
    const character = cursor.peek();
    if (skipBlank(cursor, words) || skipComment(cursor)) {
      continue;
    }
    if (skipRedirection(cursor)) {
      continue;
    }
    if (character === end || character === ")") {
      finish();
      cursor.at += 1;
      if (character === end && openParentheses === 0) {
        cursor.leave();
        return;
      }
      openParentheses = Math.max(openParentheses - 1, 0);
    } else if (SEPARATOR.test(character)) {
      finish();
      openParentheses += character === "(" ? 1 : 0;
      cursor.at += 1;
      if (character === "\n") {
        skipHereDocuments(cursor);
      }
    } else {
      takeWord(cursor, words);
    }
  }
  finish();
  cursor.leave();
  if (end !== "end") {
    cursor.error(start, message.unterminated(end === ")" ? "$(" : "`"));
  }
}

function takeWord(cursor: ShellCursor, words: ShellWord[]): void {
  const before = cursor.at;
  const word = readWord(cursor);
  if (cursor.at === before) {
    cursor.at += 1; // a lone closing character
    return;
  }
  // In `2>file` the digit belongs to the redirection.
  const isDescriptor = /^[0-9]+$/.test(word.text) && word.end - word.offset === word.text.length;
  if (!(isDescriptor && /[<>]/.test(cursor.peek()))) {
    words.push(word);
  }
}

function skipBlank(cursor: ShellCursor, words: readonly ShellWord[]): boolean {
  const blank = cursor.match(BLANK);
  if (blank === undefined) {
    return false;
  }
  cursor.at += blank.length;
  // A copied session: after a continued line the shell printed its second prompt.
  if (words[0]?.text === "$" && /\n$/.test(blank) && cursor.startsWith("> ")) {
    cursor.at += 2;
  }
  return true;
}

function skipComment(cursor: ShellCursor): boolean {
  if (cursor.peek() !== "#") {
    return false;
  }
  const newline = cursor.text.indexOf("\n", cursor.at);
  cursor.at = newline < 0 ? cursor.text.length : newline;
  return true;
}

function skipRedirection(cursor: ShellCursor): boolean {
  const operator = cursor.match(REDIRECTION);
  if (operator === undefined) {
    return false;
  }
  cursor.at += operator.length;
  cursor.at += cursor.match(BLANK)?.length ?? 0;
  const target = readWord(cursor);
  if (operator === "<<" || operator === "<<-") {
    cursor.hereDocuments.push({ delimiter: target.text, stripsTabs: operator === "<<-" });
  }
  return true;
}

/** Skips the bodies that begin on this line. What they say is data, even where a shell would read it later. */
function skipHereDocuments(cursor: ShellCursor): void {
  for (const { delimiter, stripsTabs } of cursor.hereDocuments.splice(0)) {
    const start = cursor.at;
    let body = cursor.text.length;
    while (cursor.at < cursor.text.length) {
      const newline = cursor.text.indexOf("\n", cursor.at);
      const lineEnd = newline < 0 ? cursor.text.length : newline;
      const line = cursor.text.slice(cursor.at, lineEnd).replace(/\r$/, "");
      body = cursor.at;
      cursor.at = Math.min(lineEnd + 1, cursor.text.length);
      if ((stripsTabs ? line.replace(/^\t+/, "") : line) === delimiter) {
        break;
      }
      body = cursor.at;
    }
    const found = cursor.text.slice(start, body).search(LOOKS_LIKE_RUN_LINE);
    if (found >= 0) {
      cursor.note(start + found, message.runLineInHereDocument());
    }
  }
}
