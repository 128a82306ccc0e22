// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are shell texts
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { ReadError } from "../../read-result.ts";
import { SHELL_NESTING_MAX, SHELL_WORDS_MAX } from "../limits.ts";
import { placesIn } from "../places.ts";
import { readShellCommands } from "./commands.ts";
import { joinArguments } from "./quote.ts";
import { offsetInWord } from "./types.ts";
import { UNKNOWN_PARTS_MAX } from "./word-builder.ts";

function commandsOf(text: string): string[][] {
  return readShellCommands(text, placesIn(text, "text"), {}).commands.map(({ words }) =>
    words.map((word) => word.text),
  );
}

/** Lines of one command that need nothing of the shell's state, so that a real `sh` can be asked too. */
const PLAIN = [
  "a b  c",
  "a 'b c' d",
  `a "b c" d`,
  `a b'c'"d"e`,
  `a "" '' b`,
  "a b\\ c",
  "a \\\n b",
  "a b\\\nc",
  `a "b\\\nc"`,
  `a 'b\\\nc'`,
  `a "b\\"c" "d\\\\e" "f\\g"`,
  `a 'it'\\''s'`,
  "a # b",
  "a b#c",
  "a 'b\nc'",
  `a "b\nc"`,
  "a 2>/dev/null b",
  "a b2 2>&1",
  "a </dev/null b",
  "a $ b",
  `a "$" 'b$c' \\$d`,
  "a {} {b} x{",
  "a b=c --d=e",
  "a -- -",
  "  a\tb  ",
  "a \\# b",
  `a "b'c" 'd"e'`,
];

for (const line of PLAIN) {
  test(`sh and this reader split alike: ${JSON.stringify(line)}`, () => {
    const script = `a() { for word; do printf '%s\\0' "$word"; done; }\n${line}`;
    const { stdout } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
    assert.deepEqual(commandsOf(line)[0]?.slice(1), stdout.split("\0").slice(0, -1));
  });
}

for (const [text, expected] of [
  ["a; b & c && d || e | f |& g\nh", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"], ["g"], ["h"]]],
  ["(a; b)", [["a"], ["b"]]],
  ["a\r\nb \\\r\nc", [["a"], ["b", "c"]]],
  ["# a\nb", [["b"]]],
  [
    "a $(b c) d",
    [
      ["a", "$(...)", "d"],
      ["b", "c"],
    ],
  ],
  [
    "a `b c` d",
    [
      ["a", "$(...)", "d"],
      ["b", "c"],
    ],
  ],
  [`a "$(b "c d" $(e))" f`, [["a", "$(...)", "f"], ["b", "c d", "$(...)"], ["e"]]],
  ["a $((1 + (2))) b", [["a", "$(...)", "b"]]],
  ["a <(b) c", [["a", "$(...)", "c"], ["b"]]],
  ["a $(b (c) d) e", [["a", "$(...)", "e"], ["b"], ["c"], ["d"]]],
  ["a $'b\\n\\x41\\101\\'\\u3042' c", [["a", "b\nAA'あ", "c"]]],
  [`a $"b" c`, [["a", "b", "c"]]],
  ["a ~ ~/b ~c/d e~ '~'", [["a", "$HOME", "$HOME/b", "~c/d", "e~", "~"]]],
  ["a $PWD ${PWD} $(pwd) `pwd` $HOME", [["a", "$PWD", "$PWD", "$PWD", "$PWD", "$HOME"], ["pwd"], ["pwd"]]],
  ["a ${B:-c d}e ${F%'}'} $1 $@", [["a", "${B}e", "${F}", "${1}", "$@"]]],
  ["a <<E b\nc d\nE\nf", [["a", "b"], ["f"]]],
  ["a <<-'E'\n\tc\n\tE\nf", [["a"], ["f"]]],
  ["a <<E\nc d", [["a"]]],
  ["a <<< b c", [["a", "c"]]],
  ["a &>b c", [["a", "c"]]],
  ["a 10>b c", [["a", "c"]]],
  [
    "$ a \\\n> b\n$ c",
    [
      ["$", "a", "b"],
      ["$", "c"],
    ],
  ],
  ["a ) b", [["a"], ["b"]]],
] as const) {
  test(`${JSON.stringify(text)} is ${expected.length} commands`, () => {
    assert.deepEqual(commandsOf(text), expected);
  });
}

for (const opening of ["'", '"', "$(", "`", "${", "$((", "$'"]) {
  test(`an unclosed ${opening} is said and closed at the end`, () => {
    const text = `a b${opening}c`;
    const { commands, problems } = readShellCommands(text, placesIn(text, "text"), {});
    assert.equal(commands[0]?.words[0]?.text, "a");
    assert.equal(problems[0]?.severity, "error");
    assert.match(problems[0]?.message.en ?? "", /never closed/);
  });
}

for (const [text, kinds] of [
  ["a $B", ["variable"]],
  ["a '$B'", []],
  ["a \\$B", []],
  ['a "$@"', ["arguments"]],
  ["a ${B[@]}", ["arguments"]],
  ["a ${B:+c}", ["arguments"]],
  ["a {b,c}", ["braces"]],
  ["a {1..3}", ["braces"]],
  ["a {b}", []],
  ["a '{b,c}'", []],
  ["a /b/*", ["files"]],
  ["a '/b/*'", []],
  ["a B=*", []],
  ["a --b=/c/*", []],
] as const) {
  test(`${text}: ${kinds.join(", ") || "all known"}`, () => {
    const { commands } = readShellCommands(text, placesIn(text, "text"), {});
    assert.deepEqual(
      commands[0]?.words[1]?.unknown.map((part) => part.kind),
      kinds,
    );
  });
}

test("a known directory is put in", () => {
  const text = `a ~/b "$PWD"/c '~'`;
  const known = { workingDirectory: "/work", homeDirectory: "/home/u" };
  const { commands } = readShellCommands(text, placesIn(text, "text"), known);
  assert.deepEqual(
    commands[0]?.words.map((word) => word.text),
    ["a", "/home/u/b", "/work/c", "~"],
  );
  assert.deepEqual(
    commands[0]?.words.flatMap((word) => word.unknown),
    [],
  );
});

test("every character of a word is found again in the text", () => {
  const text = `x 'ab'"c\\"d"\\e\\\nf`;
  const word = readShellCommands(text, placesIn(text, "text"), {}).commands[0]?.words[1];
  assert.ok(word !== undefined);
  for (const [position, character] of [...word.text].entries()) {
    assert.equal(text[offsetInWord(word, position)], character);
  }
});

test("words joined into a line are found again in it", () => {
  const words = ["docker", "a b", "it's 'x'", "", "ünï"];
  const { line, command } = joinArguments(words);
  assert.deepEqual(commandsOf(line), [words]);
  for (const word of command.words) {
    for (const [position, character] of [...word.text].entries()) {
      assert.equal(line[offsetInWord(word, position)], character);
    }
  }
});

const nested = (depth: number): string => `${"$(".repeat(depth)}a${")".repeat(depth)}`;

test("substitutions as deep as the limit are read", () => {
  assert.ok(commandsOf(nested(SHELL_NESTING_MAX)).some((words) => words[0] === "a"));
});

test("one level more is refused", () => {
  assert.throws(
    () => commandsOf(nested(SHELL_NESTING_MAX + 1)),
    (error) => error instanceof ReadError && error.code === "TOO_LARGE",
  );
});

test("as many words as the limit are read", () => {
  assert.equal(commandsOf("a ".repeat(SHELL_WORDS_MAX))[0]?.length, SHELL_WORDS_MAX);
});

test("one word more is refused", () => {
  assert.throws(
    () => commandsOf("a ".repeat(SHELL_WORDS_MAX + 1)),
    (error) => error instanceof ReadError && error.code === "TOO_LARGE",
  );
});

for (const extra of [0, 1]) {
  test(`of ${UNKNOWN_PARTS_MAX + extra} unknown parts of a word ${UNKNOWN_PARTS_MAX} are kept`, () => {
    const text = "$a".repeat(UNKNOWN_PARTS_MAX + extra);
    const { commands } = readShellCommands(text, placesIn(text, "text"), {});
    assert.equal(commands[0]?.words[0]?.unknown.length, UNKNOWN_PARTS_MAX);
  });
}
