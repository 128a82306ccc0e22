import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { JSON_DEPTH_MAX, JsonError, type JsonNode, parseGoJson } from "./index.ts";

const NESTED = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

/** The value that `JSON.parse` would give. */
function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case "object":
      return Object.fromEntries(node.members.map((member) => [member.key, plain(member.value)]));
    case "array":
      return node.items.map(plain);
    case "number":
      return Number(node.text);
    case "null":
      return null;
    default:
      return node.value;
  }
}

for (const [text, message] of [
  ["", "line 1, column 1: expected a value, found the end of the text"],
  ["\uFEFF{}", "line 1, column 1: expected a value, found U+FEFF"],
  ["/**/{}", 'line 1, column 1: expected a value, found "/"'],
  ['{\n  "a": 1,\n}', 'line 3, column 1: expected a key in double quotes, found "}"'],
  ["[1,]", 'line 1, column 4: expected a value, found "]"'],
  ["[1 2]", 'line 1, column 4: expected "," or "]", found "2"'],
  ['{"a":1 "b":2}', 'line 1, column 8: expected "," or "}", found """'],
  ['{"a" 1}', 'line 1, column 6: expected ":" after a key, found "1"'],
  ["{a:1}", 'line 1, column 2: expected a key in double quotes or "}", found "a"'],
  ["{'a':1}", 'line 1, column 2: expected a key in double quotes or "}", found "\'"'],
  ["NaN", 'line 1, column 1: expected a value, found "N"'],
  ["nul", "line 1, column 4: expected the rest of null, found the end of the text"],
  ["01", 'line 1, column 2: expected nothing after the first value, found "1"'],
  ["-", "line 1, column 2: expected a digit, found the end of the text"],
  ["1.e3", 'line 1, column 3: expected a digit, found "e"'],
  ['"a\tb"', 'line 1, column 3: expected the rest of a string, up to its closing ", found U+0009'],
  ['"\\n\t"', 'line 1, column 4: expected the rest of a string, up to its closing ", found U+0009'],
  ['"a', 'line 1, column 3: expected the rest of a string, up to its closing ", found the end of the text'],
  ['"\\x"', 'line 1, column 3: expected one of " \\ / b f n r t u after a backslash, found "x"'],
  ['"\\u12g4"', 'line 1, column 6: expected four hexadecimal digits after \\u, found "g"'],
  ["[\u00A01]", "line 1, column 2: expected a value, found U+00A0"],
] as const) {
  test(`${JSON.stringify(text)} is refused, and the message says where and why`, () => {
    assert.throws(() => parseGoJson(text, { trailing: "refuse" }), { name: "JsonError", message });
  });
}

for (const [text, value] of [
  ['"\\ud83d\\ude00"', "😀"],
  ['"\\ud83d"', "\uFFFD"],
  ['"\\ud83d\\u0041"', "\uFFFDA"],
  ['"\\ude00\\ud83d"', "\uFFFD\uFFFD"],
  ['"\\ud83d\\ud83d\\ude00"', "\uFFFD😀"],
  ['"\ud83d"', "\uFFFD"], // a JavaScript string can hold what UTF-8 cannot
  ['"\\u0000"', "\u0000"],
  ['"\u007f\u2028"', "\u007f\u2028"],
  [' \t\r\n"x" ', "x"],
] as const) {
  test(`the string ${JSON.stringify(text)} is read as Go reads it`, () => {
    assert.equal(plain(parseGoJson(text, { trailing: "refuse" }).root), value);
  });
}

test("integers keep the digits that a JavaScript number would lose", () => {
  const { root } = parseGoJson("9007199254740993", { trailing: "refuse" });
  assert.deepEqual(root, { kind: "number", start: 0, end: 16, text: "9007199254740993" });
});

test("keys keep their order, their repetition and their places", () => {
  const { root } = parseGoJson('{"b":1,"a":{},"b":[2]}', { trailing: "refuse" });
  assert.ok(root.kind === "object");
  assert.deepEqual(
    root.members.map(({ key, keyStart, value }) => [key, keyStart, value.start, value.end]),
    [
      ["b", 1, 5, 6],
      ["a", 7, 11, 13],
      ["b", 14, 18, 21],
    ],
  );
});

for (const [text, trailing] of [
  ["{}", undefined],
  ["{} \n\t", undefined],
  ["{} #", 3],
  ["{}{}", 2],
  ["1x", 1],
  ["{}}", 2], // Engine 23 and later take this one too: Go's Decoder.More does not count a closing brace
] as const) {
  test(`text after the value in ${JSON.stringify(text)} is ${trailing === undefined ? "absent" : "found"}`, () => {
    assert.equal(parseGoJson(text, { trailing: "ignore" }).trailing, trailing);
    const parse = () => parseGoJson(text, { trailing: "refuse" });
    if (trailing === undefined) {
      assert.doesNotThrow(parse);
    } else {
      assert.throws(parse, { code: "TRAILING_DATA", offset: trailing });
    }
  });
}

test("nesting of exactly the limit is read", () => {
  assert.doesNotThrow(() => parseGoJson(NESTED(JSON_DEPTH_MAX), { trailing: "refuse" }));
});

test("one level more is refused", () => {
  const parse = () => parseGoJson(NESTED(JSON_DEPTH_MAX + 1), { trailing: "refuse" });
  assert.throws(parse, { code: "JSON_TOO_DEEP", offset: JSON_DEPTH_MAX });
});

test("a million opening brackets are refused without running out of stack", () => {
  assert.throws(() => parseGoJson("[".repeat(1_000_000), { trailing: "refuse" }), { code: "JSON_TOO_DEEP" });
});

test("what JSON.parse reads is read as the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), fc.nat(4), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      assert.deepEqual(plain(parseGoJson(text, { trailing: "refuse" }).root), JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});

test("what JSON.parse refuses is refused, and nothing but a JsonError is ever thrown", () => {
  const mutation = fc.record({ at: fc.nat(), drop: fc.nat(3), insert: fc.string({ maxLength: 3 }) });
  fc.assert(
    fc.property(fc.json(), mutation, (valid, { at, drop, insert }) => {
      const place = at % (valid.length + 1);
      const text = valid.slice(0, place) + insert + valid.slice(place + drop);
      assert.equal(
        accepts(() => JSON.parse(text)),
        accepts(() => parseGoJson(text, { trailing: "refuse" })),
        text,
      );
    }),
    { numRuns: 2000 },
  );
});

function accepts(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch (error) {
    assert.ok(error instanceof SyntaxError || error instanceof JsonError, String(error));
    return false;
  }
}
