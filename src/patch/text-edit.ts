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
