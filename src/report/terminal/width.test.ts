import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { displayWidth, padEnd, wrap } from "./width.ts";

for (const [text, columns] of [
  ["", 0],
  ["abc", 3],
  ["関所", 4],
  ["ｶﾅ", 2], // half-width kana
  ["が", 2],
  ["か\u3099", 2], // a voicing mark joins the letter before it
  ["e\u0301", 1],
] as const) {
  test(`${JSON.stringify(text)} takes ${columns} columns`, () => {
    assert.equal(displayWidth(text), columns);
  });
}

test("padding counts columns, not letters", () => {
  assert.equal(padEnd("関所", 6), "関所  ");
  assert.equal(padEnd("関所です", 6), "関所です");
});

for (const [text, columns, lines] of [
  ["one two three", 8, ["one two", "three"]],
  ["one two three", 7, ["one two", "three"]],
  ["一二三四五", 4, ["一二", "三四", "五"]],
  ["一二三。四", 6, ["一二", "三。四"]], // a full stop never begins a line, and nothing hangs over
  ["一二三」。四", 6, ["一二", "三」。", "四"]],
  ["一二「三四", 6, ["一二", "「三四"]], // an opening bracket never ends one
  ["一二三」", 8, ["一二三」"]],
  ["/a/very/long/path", 6, ["/a/ver", "y/long", "/path"]],
  ["。。。。", 4, ["。。", "。。"]], // where no rule can be kept, the width is
  ["a所ー,a", 5, ["a所ー", ",a"]], // nor does what would be taken along pass it
  ["", 10, []],
] as const) {
  test(`${JSON.stringify(text)} in ${columns} columns`, () => {
    assert.deepEqual(wrap(text, columns), lines);
  });
}

test("no line is wider than asked, and nothing but spaces is lost", () => {
  const text = fc
    .array(fc.constantFrom(..."ab /.,()、。「」ー関所の", "word ", "が"), { maxLength: 60 })
    .map((letters) => letters.join(""));
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 30 }), (written, columns) => {
      const lines = wrap(written, columns);
      assert.ok(lines.every((line) => displayWidth(line) <= columns));
      assert.equal(lines.join("").replaceAll(" ", ""), written.replaceAll(" ", ""));
    }),
  );
});
