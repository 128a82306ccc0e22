// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Dockerfiles, not of templates
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ReadError } from "../read-result.ts";
import { DOCKERFILE_BYTES_MAX, DOCKERFILE_LINES_MAX, looksLikeDockerfile, readDockerfile } from "./read-dockerfile.ts";
import { shellCommands } from "./shell-commands.ts";
import { substitute } from "./variables.ts";

for (const [text, expected] of [
  ["a b && c | d", ["a b", "&& c", "| d"]],
  ["a 'b c' \"d e\"", ["a b c d e"]],
  ["X=1 Y=2 run z", ["run z"]],
  ["if true; then a; else b; fi", ["true", "; a", "; b", "; fi"]],
  ["a # not this\nb", ["a", "; b"]],
  ["a\\\n  b", ["a b"]],
  ['sh -c "$(curl x | y)"', ["sh -c $(curl x | y)"]],
  ["cmd 2>&1 | tee log", ["cmd 2>&1", "| tee log"]],
  ["'open", ["open"]],
  ["", []],
] as const) {
  test(`shell text ${JSON.stringify(text)}`, () => {
    assert.deepEqual(
      shellCommands(text).map(({ words, joinedBy }) => `${joinedBy} ${words.join(" ")}`.trim()),
      expected,
    );
  });
}

const VALUES = new Map<string, string | undefined>([
  ["A", "1"],
  ["EMPTY", ""],
  ["UNKNOWN", undefined],
]);

for (const [text, expected] of [
  ["x$A", "x1"],
  ["${A}y", "1y"],
  ["${EMPTY:-d}", "d"],
  ["${B:-d}", "d"],
  ["${A:+s}", "s"],
  ["$UNKNOWN", undefined],
  ["${B}", undefined],
  ["\\$A", "$A"],
] as const) {
  test(`variables in ${text}`, () => {
    assert.equal(substitute(text, VALUES), expected);
  });
}

test("stages, their names, bases and users", () => {
  const file = readDockerfile(
    "ARG V=12\nFROM debian:$V AS Base\nUSER app\nFROM base\nRUN --mount=type=cache,target=/c id\nFROM alpine\nONBUILD USER root\nUSER $WHO\n",
    "Dockerfile",
  );
  assert.deepEqual(
    file.stages.map(({ name, image, base, user }) => [name, image, base, user?.name]),
    [
      ["base", "debian:12", undefined, "app"],
      [undefined, "base", 0, undefined],
      [undefined, "alpine", undefined, "unknown"],
    ],
  );
  assert.deepEqual(file.stages[1]?.instructions[0]?.flags, [{ name: "mount", value: "type=cache,target=/c" }]);
  assert.deepEqual(file.stages[1]?.instructions[0]?.words, ["id"]);
});

test("here-documents are what the shell reads", () => {
  const file = readDockerfile("FROM a\nRUN <<EOF\nchmod 4755 /x\necho b\nEOF\nRUN id\n", "Dockerfile");
  assert.deepEqual(
    file.stages[0]?.instructions.map(({ commands }) => commands.map(({ words }) => words.join(" "))),
    [["chmod 4755 /x", "echo b"], ["id"]],
  );
});

test("places are the instruction's line and column; the escape character may be changed", () => {
  const file = readDockerfile("# escape=`\nFROM a\n\n  RUN x `\n  y\n", "d");
  assert.deepEqual(file.stages[0]?.instructions[0]?.place, { uri: "d", line: 4, column: 3, field: "RUN" });
  assert.deepEqual(file.stages[0]?.instructions[0]?.commands[0]?.words, ["x", "y"]);
});

for (const [text, looks] of [
  ["FROM debian:12\n", true],
  ["# syntax=docker/dockerfile:1\n\nARG A=1\nfrom debian AS x\n", true],
  ["FROM --platform=linux/amd64 debian\nRUN id", true],
  ["services:\n  a: {}\n", false],
  ["From: someone@example.org\nTo: x\n", false],
  ["docker run debian\n", false],
] as const) {
  test(`${JSON.stringify(text)} ${looks ? "looks" : "does not look"} like a Dockerfile`, () => {
    assert.equal(looksLikeDockerfile(text), looks);
  });
}

test("a file without FROM, or past a limit, is refused; one at the limit is read", () => {
  assert.throws(() => readDockerfile("RUN id\n", "d"), { code: "NOT_THIS_INPUT" });
  const lines = (count: number) => `FROM a${"\n".repeat(count - 1)}`;
  assert.equal(readDockerfile(lines(DOCKERFILE_LINES_MAX), "d").stages.length, 1);
  assert.throws(() => readDockerfile(lines(DOCKERFILE_LINES_MAX + 1), "d"), { code: "TOO_LARGE" });
  assert.throws(() => readDockerfile(`FROM a\n#${"x".repeat(DOCKERFILE_BYTES_MAX)}`, "d"), { code: "TOO_LARGE" });
});

test("whatever the bytes, a Dockerfile is read or refused in words", () => {
  const line = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom(
      "FROM a",
      "RUN <<EOF",
      "EOF",
      "ONBUILD",
      "ONBUILD RUN x",
      "COPY --from= a",
      "USER ${",
      'ENV A="',
      'RUN ["',
      "ARG",
      "HEALTHCHECK --x CMD",
      "# escape=`",
      "LABEL \\",
    ),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      try {
        readDockerfile(lines.join("\n"), "d");
      } catch (error) {
        assert.ok(error instanceof ReadError, String(error));
      }
    }),
    { numRuns: 500 },
  );
});
