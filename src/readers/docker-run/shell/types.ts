import type { LocalizedText } from "../../../base/index.ts";

/** What in a word only a running shell can tell. */
export type UnknownKind =
  /** `$NAME`, `${NAME…}`, `~user`. */
  | "variable"
  /** The directory of the caller: `$PWD`, `$(pwd)`. Written `$PWD` in the word's text. */
  | "working-directory"
  /** The home directory of the caller: `~`, `$HOME`. Written `$HOME` in the word's text. */
  | "home-directory"
  /** `$@`, `$*`, `${NAME[@]}`, `${NAME:+…}`: any number of words, none included. */
  | "arguments"
  /** `$(…)`, backticks, `<(…)`, `$((…))`. */
  | "command"
  /** `*` and `?` of a file name pattern. */
  | "files"
  /** `{a,b}`, which bash turns into several words. */
  | "braces";

/** A part of a word that is not known. `start` and `end` are positions in the word's text. */
export interface UnknownPart {
  readonly kind: UnknownKind;
  readonly start: number;
  readonly end: number;
  /** As the shell text has it. */
  readonly source: string;
  readonly quoted: boolean;
}

/** From a position of a word's text on, where its characters stand in the shell text. */
export interface Segment {
  readonly at: number;
  readonly offset: number;
}

/** One word after quote removal. Parts that are not known stand in it as a symbol (`$PWD`, `${NAME}`, `$(...)`). */
export interface ShellWord {
  readonly text: string;
  readonly offset: number;
  readonly end: number;
  readonly segments: readonly Segment[];
  readonly unknown: readonly UnknownPart[];
}

/** The words between two separators. Redirections are left out. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
}

/** Something odd in a shell text. */
export interface ShellProblem {
  readonly severity: "error" | "note";
  readonly offset: number;
  readonly message: LocalizedText;
}

/** Values of the shell that the caller knows. */
export interface KnownDirectories {
  readonly workingDirectory?: string;
  readonly homeDirectory?: string;
}

/** Where the character at a position of a word's text stands in the shell text. */
export function offsetInWord(word: ShellWord, position: number): number {
  let low = 0;
  let high = word.segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((word.segments[middle]?.at ?? 0) <= position) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  const segment = word.segments[low];
  const lastOffset = Math.max(word.end - 1, word.offset);
  return segment === undefined ? word.offset : Math.min(segment.offset + position - segment.at, lastOffset);
}
