import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCsvRecord, parseGoBoolean, parseGoInteger, parseNanoCpus, parseSize } from "./go-values.ts";

const TABLES = {
  parseGoBoolean: [
    parseGoBoolean,
    [
      ["true", true],
      ["T", true],
      ["1", true],
      ["False", false],
      ["0", false],
      ["tRUE", undefined],
      ["yes", undefined],
      ["", undefined],
    ],
  ],
  parseGoInteger: [
    parseGoInteger,
    [
      ["10", 10],
      ["-10", -10],
      ["+10", 10],
      ["0x10", 16],
      ["0b11", 3],
      ["0o17", 15],
      ["017", 15],
      ["0", 0],
      ["1_000", 1000],
      ["1__0", undefined],
      ["1_", undefined],
      ["08", undefined],
      ["1.0", undefined],
      ["", undefined],
      ["9223372036854775807", 2 ** 63],
      ["9223372036854775808", undefined],
      ["-9223372036854775808", -(2 ** 63)],
      [`0b${"1".repeat(63)}`, 2 ** 63],
      ["1".repeat(133), undefined],
    ],
  ],
  parseSize: [
    parseSize,
    [
      ["1", 1],
      ["1b", 1],
      ["1k", 1024],
      ["1KB", 1024],
      ["1KiB", 1024],
      ["1.5g", 1610612736],
      ["64 MiB", 67108864],
      ["1t", 2 ** 40],
      ["1p", 2 ** 50],
      ["0.1k", 102],
      ["1e3", 1000],
      ["1 ", 1],
      ["-1", undefined],
      ["1x", undefined],
      ["1ib", undefined],
      ["0x10", undefined],
      ["m", undefined],
      ["", undefined],
      ["1..2", undefined],
    ],
  ],
  parseNanoCpus: [
    parseNanoCpus,
    [
      ["1.5", 1_500_000_000],
      [".5", 500_000_000],
      ["2", 2_000_000_000],
      ["1/4", 250_000_000],
      ["1/3", undefined],
      ["1/0", undefined],
      ["1e-9", 1],
      ["1e-10", undefined],
      ["1.0000000000", 1_000_000_000],
      ["1.0000000001", undefined],
      ["many", undefined],
      ["", undefined],
    ],
  ],
  parseCsvRecord: [
    parseCsvRecord,
    [
      ["a,b", ["a", "b"]],
      ["a", ["a"]],
      ["a,", ["a", ""]],
      ['a,"b,c"', ["a", "b,c"]],
      ['"a""b"', ['a"b']],
      ['"a', undefined],
      ['a"b', undefined],
      ['"a"b', undefined],
      ["a\nb", ["a"]],
      ["", undefined],
    ],
  ],
} as const;

for (const [name, [parse, rows]] of Object.entries(TABLES)) {
  for (const [text, expected] of rows) {
    test(`${name}(${JSON.stringify(text.slice(0, 40))})`, () => {
      assert.deepEqual(parse(text), expected);
    });
  }
}
