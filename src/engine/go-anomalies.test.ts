import assert from "node:assert/strict";
import { test } from "node:test";
import { ANOMALIES_MAX, CREATE_REQUEST, listAnomalies, parseGoJson } from "./index.ts";

function anomaliesOf(text: string) {
  return listAnomalies(parseGoJson(text, { trailing: "ignore" }), CREATE_REQUEST).map(
    ({ kind, offset, key }) => [kind, offset, ...(key === undefined ? [] : [key])] as const,
  );
}

for (const [name, text, expected] of [
  ["an honest body", '{"Image":"i","HostConfig":{"Binds":["a:/b"],"Init":null}}', []],
  ["a field twice", '{"Image":"i","Image":"j"}', [["duplicate-key", 13, "Image"]]],
  [
    "a field twice in two spellings",
    '{"HostConfig":{"Binds":[],"bind\u017F":[]}}',
    [
      ["duplicate-key", 26, "bind\u017F"],
      ["other-spelling", 26, "bind\u017F"],
    ],
  ],
  ["a field in another case", '{"image":"i"}', [["other-spelling", 1, "image"]]],
  ["an unknown field", '{"Imag":"i"}', [["unknown-key", 1, "Imag"]]],
  [
    "what an unknown field holds",
    '{"X":{"a":1,"A":2}}',
    [
      ["unknown-key", 1, "X"],
      ["duplicate-key", 12, "A"],
    ],
  ],
  ["a label in two cases", '{"Labels":{"a":"","A":""}}', []],
  ["a label twice", '{"Labels":{"a":"","\\u0061":""}}', [["duplicate-key", 18, "a"]]],
  ["null as a value", '{"Env":null,"Tty":null}', []],
  ["null inside an array", '{"Env":[null]}', [["null-in-array", 8]]],
  ["half of a pair in a value", '{"User":"\\ud800"}', [["replaced-text", 8]]],
  ["a whole pair in a value", '{"User":"\\ud83d\\ude00"}', []],
  ["half of a pair in a key", '{"Labels":{"\\ud800":""}}', [["replaced-text", 11, "\uFFFD"]]],
  ["text after the body", '{"Image":"i"} #', [["trailing-data", 14]]],
  ["white space after the body", '{"Image":"i"} \n', []],
  ["flat fields of HostConfig", '{"Privileged":true}', [["unknown-key", 1, "Privileged"]]],
] as const) {
  test(`${name}: ${expected.length === 0 ? "nothing odd" : expected.map(([kind]) => kind).join(", ")}`, () => {
    assert.deepEqual(anomaliesOf(text), expected);
  });
}

test("of exactly the limit all are listed, and of one more not more", () => {
  const nulls = (count: number) => `{"Env":[${Array(count).fill("null").join(",")}]}`;
  assert.equal(anomaliesOf(nulls(ANOMALIES_MAX)).length, ANOMALIES_MAX);
  assert.equal(anomaliesOf(nulls(ANOMALIES_MAX + 1)).length, ANOMALIES_MAX);
});

test("a body as deep as Go goes is looked through without running out of stack", () => {
  const depth = 9_000;
  assert.equal(anomaliesOf(`{"X":${"[".repeat(depth)}null${"]".repeat(depth)}}`).length, 2);
});
