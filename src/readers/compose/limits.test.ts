import assert from "node:assert/strict";
import { test } from "node:test";
import { readCompose } from "./index.ts";
import {
  COMPOSE_BYTES_MAX,
  COMPOSE_DEPTH_MAX,
  COMPOSE_NODES_MAX,
  COMPOSE_PROBLEMS_MAX,
  LOOKED_AT_CHARACTERS_MAX,
  SHOWN_CHARACTERS_MAX,
} from "./limits.ts";
import { looksLikeCompose } from "./looks-like.ts";
import { shown } from "./messages.ts";

const read = (text: string) => readCompose(text, "c.yaml");
const WEB = "services: {web: {privileged: true}}\n";

function refused(text: string): void {
  assert.throws(() => read(text), { name: "ReadError", code: "TOO_LARGE" });
}

test("a file of exactly the most bytes is read, and one byte more is refused", () => {
  const text = `${WEB}#`;
  assert.equal(read(text.padEnd(COMPOSE_BYTES_MAX, "x")).workloads.length, 1);
  refused(text.padEnd(COMPOSE_BYTES_MAX + 1, "x"));
});

test("bytes are counted, not characters", () => {
  refused(`${WEB}#${"関".repeat(COMPOSE_BYTES_MAX / 3)}`);
});

/** A file whose deepest collection is at the depth given; the file itself is the first. */
const nested = (depth: number) => `${WEB}x-deep: ${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}\n`;

test("a file of exactly the deepest nesting is read, and one level more is refused", () => {
  assert.equal(read(nested(COMPOSE_DEPTH_MAX)).workloads.length, 1);
  refused(nested(COMPOSE_DEPTH_MAX + 1));
});

test("block collections are counted as flow collections are", () => {
  const block = (depth: number) => `${WEB}x-deep:\n  ${"- ".repeat(depth - 1)}x\n`;
  assert.equal(read(block(COMPOSE_DEPTH_MAX)).workloads.length, 1);
  refused(block(COMPOSE_DEPTH_MAX + 1));
});

test("nesting by aliases is counted too", () => {
  const chain = (depth: number) =>
    Array.from(
      { length: depth - 1 },
      (_, index) => `x-${index}: &a${index} [${index === 0 ? "" : `*a${index - 1}`}]\n`,
    );
  assert.equal(read(WEB + chain(COMPOSE_DEPTH_MAX).join("")).workloads.length, 1);
  refused(WEB + chain(COMPOSE_DEPTH_MAX + 1).join(""));
});

test("a file of exactly the most nodes is read, and one more is refused", () => {
  const base = "services: {}\nx-a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9]\nx-b: [";
  const used = 3 + 10; // the file, services, the list of x-b, the list of x-a with its items
  const full = Math.floor((COMPOSE_NODES_MAX - used) / 10);
  const rest = COMPOSE_NODES_MAX - used - full * 10;
  const list = `${"*a,".repeat(full)}${"1,".repeat(rest)}`;
  assert.equal(read(`${base}${list}]\n`).workloads.length, 0);
  refused(`${base}${list}1]\n`);
});

test("a billion laughs are refused at once", () => {
  const lines = Array.from({ length: 12 }, (_, i) => `x-${i}: &a${i} [${`*a${i - 1},`.repeat(i === 0 ? 0 : 10)}]`);
  refused(`${lines.join("\n")}\nservices: {web: {labels: *a11}}\n`);
});

test("a bomb of merge keys is refused at once", () => {
  const keys = Array.from({ length: 1_000 }, (_, index) => `k${index}: 1`).join(", ");
  const merges = Array.from({ length: 2_000 }, (_, index) => `x-${index}: {<<: [*a, *a, *a]}`).join("\n");
  const start = performance.now();
  refused(`x-a: &a {${keys}}\n${merges}\n${WEB}`);
  assert.ok(performance.now() - start < 10_000);
});

test("as many problems as the limit are listed, and one more only says that there are others", () => {
  const wrong = (count: number) =>
    `services:\n${Array.from({ length: count }, (_, i) => ` s${i}: {tty: 5}\n`).join("")}`;
  assert.equal(read(wrong(COMPOSE_PROBLEMS_MAX)).problems.length, COMPOSE_PROBLEMS_MAX);
  const { problems } = read(wrong(COMPOSE_PROBLEMS_MAX + 1));
  assert.equal(problems.length, COMPOSE_PROBLEMS_MAX + 1);
  assert.deepEqual(
    [problems.at(-1)?.severity, problems.at(-1)?.message.en],
    ["error", "1 more problems are not listed"],
  );
});

test("a Compose file is recognised up to the limit of what is looked at", () => {
  const text = `services:\n  web: {}\n`;
  const after = (length: number) => `${"#".padEnd(length - 1, " ")}\n${text}`;
  assert.equal(looksLikeCompose(after(LOOKED_AT_CHARACTERS_MAX - text.length)), true);
  assert.equal(looksLikeCompose(after(LOOKED_AT_CHARACTERS_MAX)), false);
});

test("a value is shown whole up to the limit, and cut after it", () => {
  assert.equal(shown("x".repeat(SHOWN_CHARACTERS_MAX)), "x".repeat(SHOWN_CHARACTERS_MAX));
  assert.equal(shown("x".repeat(SHOWN_CHARACTERS_MAX + 1)), `${"x".repeat(SHOWN_CHARACTERS_MAX)}…`);
});

/** Texts that are hard on parsers. Each takes time in proportion to its length, or this test would not end. */
const HARD_TEXT_BYTES = COMPOSE_BYTES_MAX / 8;

for (const [name, unit] of [
  ["open brackets", "["],
  ["nested lists", "- "],
  ["nested mappings", "a: "],
  ["closed brackets", "]"],
  ["explicit keys", "? "],
  ["anchors", "&a "],
  ["tags", "!a "],
  ["documents", "---\n"],
  ["directives", "%A b\n"],
  ["quotes", '"'],
  ["unclosed variables", "${"],
  ["new lines", "\n"],
  ["block scalars", "- |\n"],
] as const) {
  test(`a file full of ${name} ends, in a coded error or in nothing`, () => {
    const start = performance.now();
    try {
      read(unit.repeat(HARD_TEXT_BYTES / unit.length));
    } catch (error) {
      assert.equal((error as Error).name, "ReadError");
    }
    assert.ok(performance.now() - start < 60_000);
  });
}

test("ten megabytes are refused before they are parsed", () => {
  const start = performance.now();
  refused(WEB.repeat((10 * 2 ** 20) / WEB.length));
  assert.ok(performance.now() - start < 1_000);
});

test("a file of many services is read in proportion to its length", () => {
  const service = (index: number) => ` s${index}: {image: x, privileged: true, cap_add: [A, B], volumes: ['/:/h']}\n`;
  const text = `services:\n${Array.from({ length: 10_000 }, (_, index) => service(index)).join("")}`;
  const start = performance.now();
  assert.equal(read(text).workloads.length, 10_000);
  assert.ok(performance.now() - start < 60_000);
});
