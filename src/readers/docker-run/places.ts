import type { Place } from "../../facts/index.ts";

/** Turns offsets of one text into places. */
export interface PlaceFinder {
  readonly uri: string;
  readonly placeAt: (offset: number, field?: string) => Place;
}

/** Lines and columns of a text, both counted from 1. */
export function placesIn(text: string, uri: string): PlaceFinder {
  const lineStarts = [0];
  for (let newline = text.indexOf("\n"); newline >= 0; newline = text.indexOf("\n", newline + 1)) {
    lineStarts.push(newline + 1);
  }
  const placeAt = (offset: number, field?: string): Place => {
    const line = lastAtOrBefore(lineStarts, offset);
    const place = { uri, line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
    return field === undefined ? place : { ...place, field };
  };
  return { uri, placeAt };
}

function lastAtOrBefore(sorted: readonly number[], wanted: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= wanted) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
