import type { LocalizedText } from "../../base/index.ts";
import type { ReadProblem } from "../read-result.ts";
import { COMPOSE_PROBLEMS_MAX } from "./limits.ts";
import type { Lines } from "./lines.ts";
import { MESSAGES } from "./messages.ts";
import type { Written } from "./tree.ts";

/** Collects what there is to say about one file; past {@link COMPOSE_PROBLEMS_MAX} it only remembers that there is more. */
export class Problems {
  readonly #lines: Lines;
  readonly #list: ReadProblem[] = [];
  /** The same node can be reached through several aliases; what is wrong with it is said once for each path. */
  readonly #said = new Set<string>();
  #left = 0;

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  error(written: Written, message: LocalizedText): void {
    this.add("error", written.node.offset, written.path, message);
  }

  note(written: Written, message: LocalizedText): void {
    this.add("note", written.node.offset, written.path, message);
  }

  add(severity: ReadProblem["severity"], offset: number, path: string, message: LocalizedText): void {
    const key = `${offset} ${path} ${message.en}`;
    if (this.#said.has(key)) {
      return;
    }
    if (this.#list.length >= COMPOSE_PROBLEMS_MAX) {
      this.#left += 1;
      return;
    }
    this.#said.add(key);
    this.#list.push({ severity, message, place: this.#lines.placeOf(offset, path === "" ? undefined : path) });
  }

  /** In the order of the file. */
  list(): readonly ReadProblem[] {
    const sorted = this.#list.toSorted(
      (left, right) =>
        (left.place.line ?? 0) - (right.place.line ?? 0) || (left.place.column ?? 0) - (right.place.column ?? 0),
    );
    if (this.#left > 0) {
      // What was left out may have been an error, so the audit is not complete.
      sorted.push({ severity: "error", message: MESSAGES.moreProblems(this.#left), place: this.#lines.placeOf(0) });
    }
    return sorted;
  }
}
