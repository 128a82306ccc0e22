import type { Place } from "../../facts/index.ts";

/** Turns offsets into places. */
export interface Lines {
  readonly placeOf: (offset: number, field?: string) => Place;
}

/** One loading of a file: the same file loaded in another role is another source, for its paths start elsewhere. */
export interface Source extends Lines {
  readonly uri: string;
  /** Offset of the file's first character among all sources: the nodes of every file have offsets of their own. */
  readonly base: number;
  /** Offset in the file of the first character of each line, ascending, beginning with 0. */
  readonly lineStarts: number[];
  /** Absolute path that the file's relative paths start from; `undefined`: not known. */
  readonly directory: string | undefined;
}

/**
 * The files of one project, one after the other on one scale of offsets. A node needs no more than its offset to know
 * its file, its line and where its relative paths start, whatever it was merged into.
 */
export class Sources implements Lines {
  readonly #sources: Source[] = [];
  #end = 0;

  /** Takes a text of this length in. Its lines are added to `lineStarts` as they are found. */
  add(uri: string, length: number, directory: string | undefined): Source {
    const base = this.#end;
    const lineStarts = [0];
    const source: Source = {
      uri,
      base,
      lineStarts,
      directory,
      placeOf: (offset, field) => this.placeOf(offset, field),
    };
    this.#sources.push(source);
    // One more: the place behind the last character is still this file's.
    this.#end += length + 1;
    return source;
  }

  /** Takes a text in that has no nodes, with its lines. */
  addText(uri: string, text: string): Source {
    const source = this.add(uri, text.length, undefined);
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) {
      source.lineStarts.push(end + 1);
    }
    return source;
  }

  placeOf(offset: number, field?: string): Place {
    const source = this.#sourceAt(offset);
    const local = offset - (source?.base ?? 0);
    const lineStarts = source?.lineStarts ?? [0];
    const line = lastAtOrBefore(lineStarts.length, (index) => lineStarts[index] ?? 0, local);
    const column = local - (lineStarts[line] ?? 0) + 1;
    return { uri: source?.uri ?? "", line: line + 1, column, ...(field === undefined ? {} : { field }) };
  }

  /** Where relative paths start that are written at an offset. */
  directoryOf(offset: number): string | undefined {
    return this.#sourceAt(offset)?.directory;
  }

  #sourceAt(offset: number): Source | undefined {
    const sources = this.#sources;
    return sources[lastAtOrBefore(sources.length, (index) => sources[index]?.base ?? 0, offset)];
  }
}

/** Index of the last of ascending numbers that is not above a value; 0 when all are. */
function lastAtOrBefore(count: number, at: (index: number) => number, value: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (at(middle) <= value) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
