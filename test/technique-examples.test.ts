import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { analyse } from "../src/audit/index.ts";
import type { Known } from "../src/facts/index.ts";
import { readRunLine } from "../src/readers/docker-run/index.ts";
import { type Example, TECHNIQUES, type Technique } from "../src/techniques/index.ts";
import { EXAMPLE_HOST, hostOf } from "./support/workload.ts";

/** How far a technique applies to one of its own examples. */
function applies(technique: Technique, example: Example): Known {
  const { line, host } = typeof example === "string" ? { line: example, host: {} } : example;
  const { workloads, problems } = readRunLine(line, "example", {
    homeDirectory: "/home/dev",
    workingDirectory: "/home/dev/src",
  });
  assert.deepEqual(
    problems.filter(({ severity }) => severity === "error"),
    [],
  );
  const [workload] = workloads;
  assert.ok(workload, `${line} is no run line`);
  const { reached } = analyse(workload, hostOf({ ...EXAMPLE_HOST, ...host }));
  return reached.applies.get(technique) ?? "no";
}

for (const technique of TECHNIQUES) {
  describe(technique.id, () => {
    for (const [kind, expected, examples] of [
      ["open", "yes", technique.examples.open],
      ["possible", "unknown", technique.examples.possible ?? []],
      ["closed", "no", technique.examples.closed],
    ] as const) {
      for (const example of examples) {
        test(`${kind}: ${typeof example === "string" ? example : `${example.line} on ${JSON.stringify(example.host)}`}`, () => {
          assert.equal(applies(technique, example), expected);
        });
      }
    }
    test("has an example on either side", () => {
      const { open, possible = [], closed } = technique.examples;
      assert.ok(open.length + possible.length > 0);
      assert.ok(closed.length > 0);
    });
  });
}
