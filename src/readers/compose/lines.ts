import type { Place } from "../../facts/index.ts";

/** Turns offsets of a file into places. */
export interface Lines {
  readonly placeOf: (offset: number, field?: string) => Place;
}

/** `lineStarts`: offset of the first character of each line, ascending, beginning with 0. */
export function linesOf(uri: string, lineStarts: readonly number[]): Lines {
  return {
    placeOf(offset, field) {
      const line = lastAtOrBefore(lineStarts, offset);
      const column = offset - (lineStarts[line] ?? 0) + 1;
      return { uri, line: line + 1, column, ...(field === undefined ? {} : { field }) };
    },
  };
}

/** Index of the last line that begins at or before an offset. */
function lastAtOrBefore(lineStarts: readonly number[], offset: number): number {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lineStarts[middle] ?? 0) <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
