import { ReadError } from "../../read-result.ts";
import { SHELL_NESTING_MAX, SHELL_WORDS_MAX } from "../limits.ts";
import { message } from "../messages.ts";
import type { PlaceFinder } from "../places.ts";
import type { KnownDirectories, ShellCommand, ShellProblem } from "./types.ts";

/** A here-document whose body begins after the line. */
export interface PendingHereDocument {
  readonly delimiter: string;
  readonly stripsTabs: boolean;
}

/** What ends a list of commands: a parenthesis or backtick of a substitution, or the end of the text. */
export type CommandsEnd = ")" | "`" | "end";

/** Where a scan of a shell text stands, and what it found so far. */
export class ShellCursor {
  at = 0;
  readonly commands: ShellCommand[] = [];
  readonly problems: ShellProblem[] = [];
  readonly hereDocuments: PendingHereDocument[] = [];
  /** What ends the commands that are being read; the innermost last. */
  readonly ends: CommandsEnd[] = [];
  readonly text: string;
  readonly places: PlaceFinder;
  readonly known: KnownDirectories;
  /** Reads the commands of a substitution. Words and commands contain each other, so one is handed to the other here. */
  readonly readCommands: (cursor: ShellCursor, end: CommandsEnd) => void;
  #words = 0;

  constructor(
    text: string,
    places: PlaceFinder,
    known: KnownDirectories,
    readCommands: (cursor: ShellCursor, end: CommandsEnd) => void,
  ) {
    this.text = text;
    this.places = places;
    this.known = known;
    this.readCommands = readCommands;
  }

  /** The character at a distance, or `""` past the end. */
  peek(distance = 0): string {
    return this.text[this.at + distance] ?? "";
  }

  startsWith(prefix: string): boolean {
    return this.text.startsWith(prefix, this.at);
  }

  /** The match of a sticky expression here. */
  match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.at;
    return sticky.exec(this.text)?.[0];
  }

  countWord(): void {
    this.#words += 1;
    if (this.#words > SHELL_WORDS_MAX) {
      throw new ReadError("TOO_LARGE", message.tooManyWords(SHELL_WORDS_MAX), this.places.placeAt(this.at));
    }
  }

  enter(end: CommandsEnd): void {
    if (this.ends.length > SHELL_NESTING_MAX) {
      throw new ReadError("TOO_LARGE", message.nestedTooDeep(SHELL_NESTING_MAX), this.places.placeAt(this.at));
    }
    this.ends.push(end);
  }

  leave(): void {
    this.ends.pop();
  }

  error(offset: number, text: ShellProblem["message"]): void {
    this.problems.push({ severity: "error", offset, message: text });
  }

  note(offset: number, text: ShellProblem["message"]): void {
    this.problems.push({ severity: "note", offset, message: text });
  }
}
