import assert from "node:assert/strict";
import { test } from "node:test";
import { projectNameOf } from "./engine-names.ts";
import { containerPath, hostPath } from "./host-paths.ts";
import { parseBytes, parseDecimal, parseInteger } from "./numbers.ts";
import { splitShellWords } from "./shell-words.ts";

for (const [line, words] of [
  ["", []],
  ["  ", []],
  ["a b", ["a", "b"]],
  ["a  'b c' \"d e\"", ["a", "b c", "d e"]],
  ["a''b \"\"", ["ab", ""]],
  ["a\\ b \\'", ["a b", "'"]],
  ['\'a\\b\' "a\\"b"', ["a\\b", 'a"b']],
  ["sh -c 'a; b' && c", ["sh", "-c", "a; b", "&&", "c"]],
  ["'open", undefined],
  ['"open', undefined],
] as const) {
  test(`the words of ${line}`, () => {
    assert.deepEqual(splitShellWords(line), words);
  });
}

for (const [text, bytes] of [
  ["0", 0],
  ["5", 5],
  ["5b", 5],
  ["1k", 1024],
  ["1kb", 1024],
  ["1KiB", 1024],
  ["1.5g", 1_610_612_736],
  ["2 MB", 2_097_152],
  ["1p", 2 ** 50],
  ["-1", -1],
  ["9000p", undefined],
  ["1x", undefined],
  ["k", undefined],
  ["1  k", undefined],
  ["", undefined],
] as const) {
  test(`${text} is ${bytes} bytes`, () => {
    assert.equal(parseBytes(text), bytes);
  });
}

test("numbers", () => {
  assert.deepEqual(["5", "-5", "5.0", "", "1e3", "9".repeat(20)].map(parseInteger), [
    5,
    -5,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  assert.deepEqual(["0.5", "1e3", ".5", "1.", "x", "1e999"].map(parseDecimal), [
    0.5,
    1000,
    0.5,
    1,
    undefined,
    undefined,
  ]);
});

for (const [source, expected] of [
  ["/a/../b", "/a/../b"], // the engine cleans it
  ["./a", "/srv/app/a"],
  ["a/", "/srv/app/a"],
  ["../../../..", "/"],
  ["~/a", "/home/u/a"],
  ["~", "/home/u"],
  ["C:/x", "C:/x"],
  ["\\\\.\\pipe\\x", "\\\\.\\pipe\\x"],
] as const) {
  test(`the host path ${source} is ${expected}`, () => {
    assert.deepEqual(hostPath(source, { directory: "/srv/app", home: "/home/u" }), { text: expected });
  });
}

for (const options of [{}, { directory: "app", home: "u" }]) {
  test(`relative paths stay unknown with ${JSON.stringify(options)}`, () => {
    for (const source of ["./a", "~/a"]) {
      const { text, reason } = hostPath(source, options);
      assert.deepEqual([text, typeof reason], [source, "string"]);
    }
  });
}

test("container paths are cleaned", () => {
  assert.deepEqual(["/a//b/", "/a/../..", "/", "a/./b", ""].map(containerPath), ["/a/b", "/", "/", "a/b", "."]);
});

test("the name of a project is that of its directory, in letters that Compose allows", () => {
  assert.deepEqual(["/srv/My App.v1", "/srv/-_x", "/", undefined, "/関所"].map(projectNameOf), [
    "myappv1",
    "x",
    "project",
    "project",
    "project",
  ]);
});
