/** The standards and the techniques are two readings of the same pod: where they meet they must agree. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { auditWorkloads } from "../src/audit/index.ts";
import { evaluatePodSecurity, POD_SECURITY_MINOR_MAX } from "../src/checks/index.ts";
import { UNKNOWN_HOST } from "../src/facts/index.ts";
import { readKubernetes } from "../src/readers/kubernetes/index.ts";
import { arbitraryPod } from "./support/arbitrary-pod.ts";
import { plainPodSecurity } from "./support/plain-pod-security.ts";
import { wholePod } from "./support/whole-pod.ts";

/** A run takes a few milliseconds. */
const RUNS = 300;

/** The same pods in every run. */
const SEED = 20_191_220;

const read = (pod: object) => readKubernetes(JSON.stringify(pod), "pod.json");

const audited = (pod: object) =>
  auditWorkloads(read(pod).workloads, UNKNOWN_HOST, { fixes: false, peersAreKnown: false });

describe("a pod", () => {
  test("that the baseline lets in has no certain way to root on its node", () => {
    let letIn = 0;
    fc.assert(
      fc.property(arbitraryPod, (pod) => {
        const workloads = audited(pod);
        if (workloads[0]?.podSecurity?.baseline.allowed === true) {
          letIn += 1;
          assert.deepEqual(
            workloads.flatMap(({ gains }) =>
              gains.filter(({ gain, certainty }) => gain === "host-root" && certainty === "yes"),
            ),
            [],
          );
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
    assert.ok(letIn > RUNS / 20, `${letIn} of ${RUNS} pods were let in`);
  });

  test("that restricted lets in, baseline lets in: no control is weaker than the one it takes the place of", () => {
    let letIn = 0;
    fc.assert(
      fc.property(arbitraryPod, fc.nat(POD_SECURITY_MINOR_MAX), (pod, minor) => {
        const membership = read(pod).workloads[0]?.surroundings.pod;
        assert.ok(membership);
        const { baseline, restricted } = evaluatePodSecurity(membership.pod, minor).verdict;
        letIn += Number(restricted.allowed);
        assert.ok(!restricted.allowed || baseline.allowed);
      }),
      { numRuns: RUNS * 3, seed: SEED },
    );
    assert.ok(letIn > 0);
  });

  test("is privileged for the standards if and only if it is for the techniques", () => {
    fc.assert(
      fc.property(arbitraryPod, (pod) => {
        const workloads = audited(pod);
        const refused = workloads[0]?.podSecurity?.baseline.violations.some(({ control }) => control === "privileged");
        const found = workloads.some(({ analysis }) => analysis.facts.privileged === "yes");
        assert.equal(found, refused);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  test("shows every finding at a line of its file", () => {
    fc.assert(
      fc.property(arbitraryPod, (pod) => {
        for (const { findings, source } of audited(pod)) {
          assert.equal(source.uri, "pod.json");
          for (const { location } of findings.filter(({ aliases }) => aliases["pod-security-standards"])) {
            assert.equal(location.uri, "pod.json");
            assert.equal(location.line, 1);
            assert.ok(location.field?.startsWith("spec"), location.field);
          }
        }
      }),
      { numRuns: RUNS / 3, seed: SEED },
    );
  });
});

describe("the standards read twice", () => {
  test("give the same controls for every version, whatever the pod", () => {
    let letIn = 0;
    fc.assert(
      fc.property(wholePod, fc.nat(POD_SECURITY_MINOR_MAX), (pod, minor) => {
        const membership = read(pod).workloads[0]?.surroundings.pod;
        assert.ok(membership);
        const { verdict } = evaluatePodSecurity(membership.pod, minor);
        const controls = (level: "baseline" | "restricted") =>
          verdict[level].violations.map(({ control }) => control).sort();
        assert.deepEqual(
          { baseline: controls("baseline"), restricted: controls("restricted") },
          plainPodSecurity(JSON.parse(JSON.stringify(pod)), minor),
        );
        letIn += Number(verdict.restricted.allowed);
      }),
      { numRuns: RUNS * 20, seed: SEED },
    );
    assert.ok(letIn > RUNS / 10, `${letIn} pods were let in by restricted`);
  });
});
