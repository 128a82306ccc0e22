import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ReadError } from "../../readers/index.ts";
import { parseConfig } from "./config-file.ts";
import { parseIgnoreFile } from "./ignore-file.ts";

const placeOfError = (read: () => unknown): { line: number | undefined; text: string } => {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof ReadError);
    return { line: error.place.line, text: error.text.en };
  }
  return assert.fail("nothing was wrong");
};

test("a configuration file gives settings, and exceptions with their places", () => {
  const { settings, exceptions, lang } = parseConfig(
    "lang: ja\naudit:\n  failOn: critical\n  exceptions:\n    - rule: privileged-flag\n      workload: ci\n      reason: inner builds\n      expires: 2027-01-01\nguard: {anything: 1}\n",
    "sekisho.yaml",
  );
  assert.equal(lang, "ja");
  assert.deepEqual(settings, { failOn: "critical" });
  assert.deepEqual(exceptions, [
    {
      rule: "privileged-flag",
      workload: "ci",
      reason: "inner builds",
      expires: "2027-01-01",
      place: { uri: "sekisho.yaml", line: 5, column: 7 },
    },
  ]);
});

for (const [name, text, line, words] of [
  ["an unknown key", "audit:\n  failOn: high\n  fialOn: low\n", 3, /fialOn/],
  ["a value of the wrong kind", "audit:\n  severity: worst\n", 2, /severity/],
  ["an exception without a reason", "audit:\n  exceptions:\n    - rule: x\n", 3, /reason/],
  ["a day that is none", "audit:\n  exceptions:\n    - rule: x\n      reason: y\n      expires: soon\n", 5, /YYYY/],
  ["broken YAML", "audit:\n  a: [1\n", 3, /./],
] as const) {
  test(`${name}: an error with its line`, () => {
    const error = placeOfError(() => parseConfig(text, "sekisho.yaml"));
    assert.equal(error.line, line);
    assert.match(error.text, words);
  });
}

test("an ignore file: one exception a line, with its scope and its reason", () => {
  const text =
    "# title\n\nprivileged-flag workload=ci-* until=2027-01-01 # inner builds\nsock-docker path=a/**/b.yaml owner=ops\n";
  assert.deepEqual(parseIgnoreFile(text, "i"), [
    {
      rule: "privileged-flag",
      workload: "ci-*",
      expires: "2027-01-01",
      reason: "inner builds",
      place: { uri: "i", line: 3 },
    },
    { rule: "sock-docker", path: "a/**/b.yaml", owner: "ops", place: { uri: "i", line: 4 } },
  ]);
});

for (const [text, line] of [
  ["a\nb what=3", 2],
  ["a until=tomorrow", 1],
  ["a path=", 1],
] as const) {
  test(`ignore file ${JSON.stringify(text)}: an error with its line`, () => {
    assert.equal(placeOfError(() => parseIgnoreFile(text, "i")).line, line);
  });
}

test("whatever the bytes, a configuration or an ignore file is read or refused in words", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      for (const read of [() => parseConfig(text, "f"), () => parseIgnoreFile(text, "f")]) {
        try {
          read();
        } catch (error) {
          assert.ok(error instanceof ReadError, String(error));
        }
      }
    }),
  );
});
