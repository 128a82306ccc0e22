import type { Place } from "../facts/index.ts";

/** A piece of a text and what comes in its place. */
export interface TextEdit {
  /** In UTF-16 code units from the beginning. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Carries edits out that do not overlap. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((left, right) => right.start - left.start)
    .reduce((current, edit) => current.slice(0, edit.start) + edit.text + current.slice(edit.end), text);
}

/** The offset of a place, which counts lines and columns from 1. */
export function offsetOfPlace(text: string, { line = 1, column = 1 }: Place): number {
  let start = 0;
  for (let count = 1; count < line; count += 1) {
    start = text.indexOf("\n", start) + 1;
  }
  return start + column - 1;
}
