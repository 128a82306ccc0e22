import { type LineAndColumn, lineAndColumnAt } from "./go-json-lines.ts";

/** Why a text is not JSON as Go reads it. */
export type JsonErrorCode =
  /** The grammar is broken, or the text ends too early. */
  | "BAD_JSON"
  /** Nested deeper than Go goes. */
  | "JSON_TOO_DEEP"
  /** Text follows the first value. */
  | "TRAILING_DATA";

/** A text that Go's `encoding/json` refuses, and where. */
export class JsonError extends Error {
  override readonly name = "JsonError";
  readonly code: JsonErrorCode;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  /** What would have been right here, for example `a comma or "}"`. */
  readonly expected: string;
  /** What stands here instead, safe to print. Absent: the text ends. */
  readonly found: string | undefined;

  constructor(code: JsonErrorCode, text: string, offset: number, expected: string) {
    const place: LineAndColumn = lineAndColumnAt(text, offset);
    const found = describeCharacter(text, offset);
    super(`line ${place.line}, column ${place.column}: expected ${expected}, found ${found ?? "the end of the text"}`);
    this.code = code;
    this.offset = offset;
    this.line = place.line;
    this.column = place.column;
    this.expected = expected;
    this.found = found;
  }
}

/** Printable ASCII as it is, anything else by its code point: the text is a stranger's. */
function describeCharacter(text: string, offset: number): string | undefined {
  const codePoint = text.codePointAt(offset);
  if (codePoint === undefined) {
    return undefined;
  }
  if (codePoint > 0x20 && codePoint < 0x7f) {
    return `"${String.fromCodePoint(codePoint)}"`;
  }
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
}
