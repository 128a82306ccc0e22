import type { FlagDeclaration, FlagProblem, FlagSet, FlagUse, FlagValue } from "./flag.ts";
import { hidesArguments } from "./hidden-arguments.ts";
import { message } from "./messages.ts";
import { offsetInWord, type ShellWord } from "./shell/index.ts";

/** The flags of a command line, and the words from the first operand on. */
export interface ParsedFlags {
  readonly uses: readonly FlagUse[];
  readonly rest: readonly ShellWord[];
  readonly problems: readonly FlagProblem[];
  /** Words that may stand for any number of flags. */
  readonly hidden: readonly ShellWord[];
}

interface State {
  readonly words: readonly ShellWord[];
  readonly set: FlagSet;
  index: number;
  readonly uses: FlagUse[];
  readonly problems: FlagProblem[];
  readonly hidden: ShellWord[];
}

/**
 * Takes flags apart as spf13/pflag v1.0.6 does without interspersed operands: the first word that is not a flag ends
 * them, so what stands behind the image belongs to the container.
 */
export function parseFlags(words: readonly ShellWord[], set: FlagSet): ParsedFlags {
  const state: State = { words, set, index: 0, uses: [], problems: [], hidden: [] };
  while (state.index < words.length) {
    const word = words[state.index];
    if (word === undefined) {
      break;
    }
    if (hidesArguments(word, words[state.index + 1])) {
      state.index += 1;
      state.hidden.push(word);
      state.problems.push({ severity: "error", offset: word.offset, message: message.hiddenArguments(sourceOf(word)) });
    } else if (word.text === "--") {
      state.index += 1;
      break;
    } else if (word.text.length < 2 || !word.text.startsWith("-")) {
      break; // a lone `-` is an operand
    } else {
      state.index += 1;
      readFlagWord(state, word);
    }
  }
  return { uses: state.uses, rest: words.slice(state.index), problems: state.problems, hidden: state.hidden };
}

function readFlagWord(state: State, word: ShellWord): void {
  const equals = word.text.indexOf("=");
  const nameEnd = equals < 0 ? word.text.length : equals;
  if (word.text.startsWith("--") && word.unknown.some((part) => part.start < nameEnd)) {
    state.hidden.push(word);
    state.problems.push({ severity: "error", offset: word.offset, message: message.hiddenFlagName(sourceOf(word)) });
  } else if (word.text.startsWith("--")) {
    readLongFlag(state, word, nameEnd);
  } else {
    readShortFlags(state, word);
  }
}

function readLongFlag(state: State, word: ShellWord, nameEnd: number): void {
  const written = word.text.slice(0, nameEnd);
  if (/^--(-|$)/.test(written)) {
    state.problems.push({ severity: "error", offset: word.offset, message: message.badFlagSyntax(word.text) });
    return;
  }
  const flag = findFlag(state, written, word.offset);
  const hasValue = nameEnd < word.text.length;
  if (flag === undefined) {
    skipGuessedValue(state, hasValue);
  } else if (hasValue) {
    addUse(state, flag, written, word.offset, valueIn(word, nameEnd + 1));
  } else {
    addUse(state, flag, written, word.offset, flag.arity === "boolean" ? undefined : nextWord(state, written, word));
  }
}

/** `-itv /a:/b`, `-p80:80`, `-e=A=1`. */
function readShortFlags(state: State, word: ShellWord): void {
  for (let position = 1; position < word.text.length; position += 1) {
    const written = `-${word.text[position] ?? ""}`;
    const offset = position === 1 ? word.offset : offsetInWord(word, position);
    const flag = findFlag(state, written, offset);
    if (flag === undefined) {
      skipGuessedValue(state, position + 1 < word.text.length);
      return;
    }
    // pflag: an equals sign counts only where at least one character follows it.
    if (word.text[position + 1] === "=" && position + 2 < word.text.length) {
      addUse(state, flag, written, offset, valueIn(word, position + 2));
      return;
    }
    if (flag.arity === "value") {
      const glued = position + 1 < word.text.length;
      addUse(state, flag, written, offset, glued ? valueIn(word, position + 1) : nextWord(state, written, word));
      return;
    }
    addUse(state, flag, written, offset, undefined);
  }
}

function findFlag(state: State, written: string, offset: number): FlagDeclaration | undefined {
  const { flags, tool, verb } = state.set;
  const flag = flags.get(written);
  if (flag === undefined) {
    state.problems.push({ severity: "error", offset, message: message.unknownFlag(tool, written) });
  } else if (flag.verbs?.includes(verb) === false) {
    state.problems.push({ severity: "error", offset, message: message.flagOfRunOnly(written) });
  }
  return flag;
}

/**
 * Whether an unknown flag takes the next word cannot be told. It is taken for its value when a known flag follows that
 * word: otherwise that word would be the image, and every flag behind it would be lost.
 */
function skipGuessedValue(state: State, hasValue: boolean): void {
  const next = state.words[state.index];
  const afterNext = state.words[state.index + 1];
  if (hasValue || next === undefined || afterNext === undefined || next.text.startsWith("-")) {
    return;
  }
  const name = afterNext.text.startsWith("--") ? afterNext.text.replace(/=.*$/s, "") : afterNext.text.slice(0, 2);
  if (state.set.flags.has(name)) {
    state.index += 1;
  }
}

function nextWord(state: State, written: string, word: ShellWord): FlagValue | undefined {
  const next = state.words[state.index];
  if (next === undefined) {
    state.problems.push({ severity: "error", offset: word.offset, message: message.missingValue(written) });
    return undefined;
  }
  state.index += 1;
  return { text: next.text, offset: next.offset, unknown: next.unknown };
}

function addUse(
  state: State,
  flag: FlagDeclaration,
  written: string,
  offset: number,
  value: FlagValue | undefined,
): void {
  if (flag.arity === "boolean" || value !== undefined) {
    state.uses.push({ flag, written, offset, value });
  }
}

/** A word from a position on. */
export function valueIn(word: ShellWord, position: number): FlagValue {
  const unknown = word.unknown
    .filter((part) => part.end > position)
    .map((part) => ({ ...part, start: Math.max(part.start - position, 0), end: part.end - position }));
  return { text: word.text.slice(position), offset: offsetInWord(word, position), unknown };
}

/** The unknown parts of a word as the shell text has them. */
function sourceOf(word: ShellWord): string {
  return word.unknown.map((part) => part.source).join(" ");
}
