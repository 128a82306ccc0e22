import type { Place } from "../facts/index.ts";
import { offsetOfPlace } from "./text-edit.ts";

/** A word of a shell text as it stands there, quotes and all. */
export interface RawWord {
  readonly start: number;
  /** Behind its last character. */
  readonly end: number;
}

/** Nested substitutions that are followed. */
const DEPTH_MAX = 20;

/** The words of the command that begins at an offset, up to where the shell ends it; no program is run. */
export function commandWords(text: string, from: number): readonly RawWord[] {
  const words: RawWord[] = [];
  let at = skipBlanks(text, from);
  while (at < text.length && !/[\n;|&()]/.test(text[at] ?? "") && text[at] !== "#") {
    const end = /[<>]/.test(text[at] ?? "") ? at + 1 : wordEnd(text, at);
    words.push({ start: at, end });
    at = skipBlanks(text, end);
  }
  return words;
}

/** The lines in which a command stands that begins at a place, with what else is on them. */
export function linesOfCommand(text: string, place: Place): string {
  const from = offsetOfPlace(text, place);
  const last = commandWords(text, from).at(-1)?.end ?? from;
  const newline = text.indexOf("\n", last);
  return text.slice(text.lastIndexOf("\n", from - 1) + 1, newline < 0 ? text.length : newline);
}

function skipBlanks(text: string, from: number): number {
  const blanks = /(?:[ \t\r]|\\\r?\n)*/y;
  blanks.lastIndex = from;
  return from + (blanks.exec(text)?.[0].length ?? 0);
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s;|&()<>]/.test(text[at] ?? "")) {
    at = pieceEnd(text, at, 0);
  }
  return at === from ? from + 1 : at;
}

/** Behind a quoted piece, a substitution or a character. */
function pieceEnd(text: string, at: number, depth: number): number {
  const character = text[at];
  if (character === "\\") {
    return Math.min(at + 2, text.length);
  }
  if (character === "'") {
    return behind(text, "'", at + 1);
  }
  if (character === '"' || character === "`") {
    return untilClosed(text, at + 1, character, depth);
  }
  if (character === "$" && (text[at + 1] === "(" || text[at + 1] === "{")) {
    return untilClosed(text, at + 2, text[at + 1] === "(" ? ")" : "}", depth);
  }
  return at + 1;
}

function untilClosed(text: string, from: number, closing: string, depth: number): number {
  let at = from;
  while (at < text.length && text[at] !== closing) {
    const literal = closing === '"' && text[at] === "'";
    at = literal || depth >= DEPTH_MAX ? at + 1 : pieceEnd(text, at, depth + 1);
  }
  return Math.min(at + 1, text.length);
}

function behind(text: string, closing: string, from: number): number {
  const end = text.indexOf(closing, from);
  return end < 0 ? text.length : end + 1;
}
