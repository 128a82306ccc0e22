import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, test } from "node:test";
import { podOf, podWorkloads } from "../../../test/support/pod.ts";
import { LANGUAGES } from "../../base/index.ts";
import { CHECKS, evaluatePodSecurity } from "../index.ts";
import { ALL_POD_RULES, applyPodRules, POD_RULES } from "./index.ts";

test("every rule's file is listed, in order, under its own name", () => {
  const files = readdirSync(import.meta.dirname)
    .filter((file) => file.startsWith("pod-") && file !== "pod-rule.ts")
    .map((file) => file.replace(/\.ts$/, ""));
  assert.deepEqual(
    POD_RULES.map(({ id }) => id),
    files.sort(),
  );
});

test("no id is used twice", () => {
  const ids = [...CHECKS, ...ALL_POD_RULES].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});

for (const rule of POD_RULES) {
  describe(rule.id, () => {
    for (const spec of rule.examples.flagged) {
      test(`${spec} -> report`, () => assert.notDeepEqual(rule.find(podOf(spec)), []));
    }
    for (const spec of rule.examples.clean) {
      test(`${spec} -> no report`, () => assert.deepEqual(rule.find(podOf(spec)), []));
    }
    test("is written in every language", () => {
      for (const text of [rule.title, rule.explanation]) {
        for (const language of LANGUAGES) {
          assert.notEqual(text[language].trim(), "");
        }
      }
    });
  });
}

describe("what is reported with which container", () => {
  const workloads = podWorkloads(
    "{hostPID: true, initContainers: [{name: a, image: a}], containers: [{name: b, image: b}, {name: c, image: c, securityContext: {privileged: true}}]}",
  );
  const ids = workloads.map(({ surroundings }) => {
    assert.ok(surroundings.pod);
    const applied = applyPodRules(surroundings.pod, evaluatePodSecurity(surroundings.pod.pod, 37));
    return applied.map(({ rule }) => rule.id);
  });

  test("what concerns the pod, once, with its first ordinary container", () => {
    assert.deepEqual(
      ids.map((of) => of.includes("pss-host-namespaces")),
      [false, true, false],
    );
  });

  test("what concerns a container, with that one", () => {
    assert.deepEqual(
      ids.map((of) => of.includes("pss-privileged")),
      [false, false, true],
    );
  });

  test("what concerns all of them, with each", () => {
    assert.deepEqual(
      ids.map((of) => of.includes("pss-run-as-non-root")),
      [true, true, true],
    );
  });
});
