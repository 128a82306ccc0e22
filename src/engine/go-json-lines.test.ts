import assert from "node:assert/strict";
import { test } from "node:test";
import { LineIndex } from "./index.ts";

const TEXT = "ab\n\ncd\r\n😀x";

for (const [offset, line, column] of [
  [0, 1, 1],
  [2, 1, 3], // the newline itself ends its line
  [3, 2, 1],
  [4, 3, 1],
  [8, 4, 1],
  [10, 4, 3], // an emoji is two UTF-16 code units
  [TEXT.length, 4, 4],
] as const) {
  test(`offset ${offset} is line ${line}, column ${column}`, () => {
    assert.deepEqual(new LineIndex(TEXT).at(offset), { line, column });
  });
}
