import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeGoText } from "./index.ts";

for (const [name, bytes, text] of [
  ["ASCII", [0x61], "a"],
  ["a whole sequence of two bytes", [0xc3, 0xa9], "é"],
  ["a whole sequence of three bytes", [0xe2, 0x82, 0xac], "€"],
  ["a whole sequence of four bytes", [0xf0, 0x9f, 0x98, 0x80], "😀"],
  ["a byte order mark", [0xef, 0xbb, 0xbf, 0x7b], "\uFEFF{"],
  ["a sequence cut off after two of three bytes", [0xe2, 0x82], "\uFFFD\uFFFD"],
  ["a sequence cut off after three of four bytes", [0xf0, 0x9f, 0x98, 0x61], "\uFFFD\uFFFD\uFFFDa"],
  ["half of a surrogate pair", [0xed, 0xa0, 0x80], "\uFFFD\uFFFD\uFFFD"],
  ["an overlong slash", [0xc0, 0xaf], "\uFFFD\uFFFD"],
  ["an overlong slash of three bytes", [0xe0, 0x80, 0xaf], "\uFFFD\uFFFD\uFFFD"],
  ["a code point past the last", [0xf4, 0x90, 0x80, 0x80], "\uFFFD\uFFFD\uFFFD\uFFFD"],
  ["a stray continuation between good text", [0x61, 0x80, 0xc3, 0xa9], "a\uFFFDé"],
] as const) {
  test(`${name} becomes what Go makes of it`, () => {
    const decoded = decodeGoText(Uint8Array.from(bytes));
    assert.equal(decoded.text, text);
    assert.equal(decoded.repaired, text.includes("\uFFFD"));
  });
}

test("a part of a larger buffer is read from its own beginning", () => {
  const whole = Uint8Array.from([0x61, 0x62, 0x63]);
  assert.equal(decodeGoText(whole.subarray(1, 2)).text, "b");
});
