import type { LocalizedText } from "../../base/index.ts";
import type { Place } from "../../facts/index.ts";
import type { ReadProblem } from "../read-result.ts";
import type { Lines } from "../yaml/index.ts";
import { PROBLEMS_MAX } from "./limits.ts";
import { MESSAGES } from "./messages.ts";

/** Collects what there is to say about one file; past {@link PROBLEMS_MAX} it only remembers that there is more. */
export class Problems {
  readonly #lines: Lines;
  readonly #list: ReadProblem[] = [];
  readonly #said = new Set<string>();
  #left = 0;

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  add(severity: ReadProblem["severity"], offset: number, field: string, message: LocalizedText): void {
    this.addAt(severity, this.#lines.placeOf(offset, field === "" ? undefined : field), message);
  }

  addAt(severity: ReadProblem["severity"], place: Place, message: LocalizedText): void {
    // What is said of each container of a pod is often one line of the file.
    const key = `${place.line}:${place.column} ${message.en}`;
    if (this.#said.has(key)) {
      return;
    }
    if (this.#list.length >= PROBLEMS_MAX) {
      this.#left += 1;
      return;
    }
    this.#said.add(key);
    this.#list.push({ severity, message, place });
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
