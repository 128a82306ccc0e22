import type { Place } from "../../facts/index.ts";

/** Turns offsets of a file into places. */
export class Lines {
  readonly #uri: string;
  /** Offset of the first character of each line. */
  readonly #starts: readonly number[];

  constructor(uri: string, text: string) {
    this.#uri = uri;
    const starts = [0];
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
      starts.push(at + 1);
    }
    this.#starts = starts;
  }

  /** `offset` in UTF-16 code units from the beginning of the file. */
  placeOf(offset: number, field?: string): Place {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    const column = offset - (this.#starts[low] ?? 0) + 1;
    return { uri: this.#uri, line: low + 1, column, ...(field !== undefined && { field }) };
  }
}
