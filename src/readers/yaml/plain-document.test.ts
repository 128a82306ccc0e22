import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { stringify } from "yaml";
import { arbitraryPod } from "../../../test/support/arbitrary-pod.ts";
import { YAML_NODES_MAX } from "./limits.ts";
import { readPlainDocument } from "./plain-document.ts";
import { parseDocument } from "./read-document.ts";
import type { TreeNode } from "./tree.ts";

/** A run takes about a millisecond. */
const RUNS = 4_000;

/** The same inputs in every run. */
const SEED = 20_191_220;

const full = (text: string) => parseDocument({ text, offset: 0 }, { nodes: YAML_NODES_MAX });

const plain = (text: string): TreeNode | undefined => readPlainDocument({ text, offset: 0 });

/** What the quick reader reads it reads as the full parser does; what it does not read does not matter. */
function agree(text: string): boolean {
  const quick = plain(text);
  if (quick !== undefined) {
    const { root, duplicates } = full(text);
    assert.deepEqual(quick, root, JSON.stringify(text));
    assert.deepEqual(duplicates, []);
  }
  return quick !== undefined;
}

const SAMPLES = [
  "a: 1\nb: yes\nc: 'x''y'\nd: \"\\\"\\n\"\ne:\nf: ~\n",
  "a:\n  b:\n  - c: 1\n    d: 2\n  - e\n  -   f: 1\n      g: 2\n",
  "a:\n- b\n- - c\n  - d\n-  - e\nx: y\n",
  "a: {b: c, 'd': [1, \"x\"], e: nginx:1.29, f: }\nb: [a, b,\n  c]\n",
  "a: |\n  x\n   y\n\n  z\nb: |-\n  # no comment\n  x\nc: d # e\n",
  "# c\n\na: b#c\nb: http://x/y?z=1\nc: -1\nd: 0x1f\ne: 017\nf: a - b\n",
  '{"a": {"b": [1, 2, {"c": null}]}, "d":true}',
  'a: \'b\' # c\nb: "x # y" # z\nc: "x"#y\n',
  "- a: b\n- c\n",
  "a: b: c\n",
  "a: b\n  c\n",
  "a:\n    b: c\n  d: e\n",
];

describe("the quick reader agrees with the full parser", () => {
  for (const text of SAMPLES.slice(0, 7)) {
    test(`and reads ${JSON.stringify(text)}`, () => assert.ok(agree(text)));
  }

  for (const text of SAMPLES) {
    test(JSON.stringify(text), () => void agree(text));
  }

  for (const text of [
    "a: &x b\n",
    "a: *x\n",
    "a: !!str 1\n",
    "a: b\na: c\n",
    "a: >\n  b\n",
    "a:\n\tb: c\n",
    "<<: {a: b}\n",
    "? a\n: b\n",
    "a: 'b\n  c'\n",
    "a: [b\n",
    "a: b\r\nc: d\r\n",
    "just text\n",
    "",
  ]) {
    test(`and leaves ${JSON.stringify(text)} to it`, () => assert.equal(plain(text), undefined));
  }

  test("on pods in every style", () => {
    let read = 0;
    fc.assert(
      fc.property(
        arbitraryPod,
        fc.record({
          indent: fc.constantFrom(1, 2, 4),
          indentSeq: fc.boolean(),
          aliasDuplicateObjects: fc.constant(false),
          collectionStyle: fc.constantFrom("any", "block", "flow"),
          defaultStringType: fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE"),
        } as const),
        (pod, style) => {
          read += Number(agree(stringify(pod, style)));
        },
      ),
      { numRuns: 500, seed: SEED },
    );
    assert.ok(read > 400, `${read} of 500 were read`);
  });

  test("on whatever it is made of", () => {
    const pieces = fc.constantFrom(
      ..."\n\n\n   abc10:-#,'\"[]{}|>&*!?%@`~.\\/",
      "a: ",
      "- ",
      ": ",
      "\n  ",
      "\n    ",
      "\n- ",
      "b:\n",
      ' "x" ',
      "'y'",
      "{a: b}",
      "[c, d]",
      "|\n  x\n",
      "null",
      "yes",
      " # z",
      "---\n",
      "...\n",
    );
    let read = 0;
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
        read += Number(agree(parts.join("")));
      }),
      { numRuns: RUNS, seed: SEED },
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...SAMPLES),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(3),
        fc.array(pieces, { maxLength: 2 }),
        (text, at, remove, parts) => {
          const start = Math.floor(at * text.length);
          read += Number(agree(text.slice(0, start) + parts.join("") + text.slice(start + remove)));
        },
      ),
      { numRuns: RUNS, seed: SEED },
    );
    assert.ok(read > RUNS / 20, `${read} were read`);
  });
});
