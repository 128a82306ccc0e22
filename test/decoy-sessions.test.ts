import assert from "node:assert/strict";
import { test } from "node:test";
import { reportSession } from "../src/decoy/index.ts";
import { sessionSamples, visitOf } from "./support/decoy-sessions.ts";

for (const sample of sessionSamples()) {
  test(`session ${sample.id}: verdict, techniques, indicators`, () => {
    const result = reportSession(visitOf(sample));
    const ids = result.attack.map(({ id }) => id);
    const indicators = result.indicators.map(({ type, value }) => `${type} ${value}`);
    assert.equal(result.verdict, sample.expected.verdict);
    for (const id of sample.expected.techniques) {
      assert.ok(
        ids.some((each) => each === id || each.startsWith(`${id}.`)),
        `${id} is not among ${ids.join(" ")}`,
      );
    }
    for (const { type, value } of sample.expected.iocs) {
      assert.ok(indicators.includes(`${type} ${value}`), `${type} ${value} is not among ${indicators.join(", ")}`);
    }
    if (sample.kind === "benign") {
      assert.notEqual(result.verdict, "malicious");
      assert.deepEqual(result.indicators, []);
    }
  });
}
