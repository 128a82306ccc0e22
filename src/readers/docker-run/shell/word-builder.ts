import type { KnownDirectories, Segment, ShellWord, UnknownKind, UnknownPart } from "./types.ts";

/** Unknown parts of one word that are told apart. What follows counts as known text: the word is open already. */
export const UNKNOWN_PARTS_MAX = 1_000;

/**
 * How an unknown part stands in the text of its word: without the colons, commas and blanks that `${DATA:-/srv}` or
 * `$(cat a b)` may hold, so that the rest of a value can still be taken apart.
 */
function symbolOf(kind: UnknownKind, source: string): string {
  switch (kind) {
    case "working-directory":
      return "$PWD";
    case "home-directory":
      return "$HOME";
    case "command":
      return "$(...)";
    default:
      return /^~[\w.+-]*$|^\$[@*#?$!-]$/.exec(source)?.[0] ?? `\${${/\w+/.exec(source)?.[0] ?? ""}}`;
  }
}

/** An unquoted `{` whose `}` has not come yet. */
interface OpenBrace {
  readonly at: number;
  readonly offset: number;
  /** A comma or `..` stands in it, so bash would expand it. */
  expands: boolean;
}

/** Puts a word together, and remembers where each piece stood. */
export class WordBuilder {
  readonly #source: string;
  readonly #known: KnownDirectories;
  readonly #offset: number;
  readonly #segments: Segment[] = [];
  readonly #unknown: UnknownPart[] = [];
  readonly #pieces: string[] = [];
  #length = 0;
  #hasSlash = false;
  #brace: OpenBrace | undefined;

  constructor(source: string, offset: number, known: KnownDirectories) {
    this.#source = source;
    this.#offset = offset;
    this.#known = known;
  }

  append(text: string, offset: number): void {
    if (text === "") {
      return;
    }
    const last = this.#segments.at(-1);
    if (last === undefined || last.offset + this.#length - last.at !== offset) {
      this.#segments.push({ at: this.#length, offset });
    }
    this.#pieces.push(text);
    this.#length += text.length;
    this.#hasSlash ||= text.includes("/");
    if (this.#brace !== undefined && (text.includes(",") || text.includes(".."))) {
      this.#brace.expands = true;
    }
  }

  /** A known directory is put in; what stays unknown is put in as a symbol. */
  appendUnknown(kind: UnknownKind, source: string, offset: number, quoted: boolean): void {
    const directory =
      kind === "working-directory"
        ? this.#known.workingDirectory
        : kind === "home-directory"
          ? this.#known.homeDirectory
          : undefined;
    const start = this.#length;
    this.append(directory ?? symbolOf(kind, source), offset);
    if (directory === undefined) {
      this.#mark({ kind, start, end: this.#length, source, quoted });
    }
  }

  /** Notes unquoted braces and patterns, which the shell may replace. Called before the character is appended. */
  noteUnquoted(character: string, offset: number): void {
    if (character === "{") {
      this.#brace = { at: this.#length, offset, expands: false };
    } else if (character === "}" && this.#brace !== undefined) {
      const { at, offset: start, expands } = this.#brace;
      this.#brace = undefined;
      if (expands) {
        const source = this.#source.slice(start, offset + 1);
        this.#mark({ kind: "braces", start: at, end: this.#length + 1, source, quoted: false });
      }
    } else if (
      (character === "*" || character === "?") &&
      this.#hasSlash &&
      this.#pieces[0]?.startsWith("-") !== true
    ) {
      // A pattern without a match stands for itself, and `--flag=/dev/*` would have to match a file of that name.
      this.#mark({ kind: "files", start: this.#length, end: this.#length + 1, source: character, quoted: false });
    }
  }

  #mark(part: UnknownPart): void {
    if (this.#unknown.length < UNKNOWN_PARTS_MAX) {
      this.#unknown.push(part);
    }
  }

  finish(end: number): ShellWord {
    return { text: this.#pieces.join(""), offset: this.#offset, end, segments: this.#segments, unknown: this.#unknown };
  }
}
