import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { arbitraryPod } from "../../../test/support/arbitrary-pod.ts";
import { ReadError } from "../read-result.ts";
import { YAML_BYTES_MAX, YAML_DEPTH_MAX, YAML_DOCUMENTS_MAX, YAML_NODES_MAX } from "../yaml/index.ts";
import { CONTAINERS_MAX, LIST_DEPTH_MAX, PROBLEMS_MAX, readKubernetes } from "./index.ts";

/** A run takes about a millisecond. */
const RUNS = 1_500;

/** The same inputs in every run. */
const SEED = 20_191_220;

const MANIFEST = `# a comment
apiVersion: apps/v1
kind: Deployment
metadata:
  name: &name web
  annotations:
    container.apparmor.security.beta.kubernetes.io/a: unconfined
spec:
  template:
    spec:
      hostPID: yes
      securityContext: {runAsUser: 0, sysctls: [{name: a, value: "1"}]}
      containers:
      - &c
        name: a
        image: a:1
        command: ["sh", '-c', "echo \\"x\\""]
        args: [|
          x]
        env:
        - {name: A, value: >-
            folded
            text}
        securityContext:
          capabilities: {add: [SYS_ADMIN], drop: ["ALL"]}
        volumeMounts: [{name: v, mountPath: /v, subPath: s}]
      - <<: *c
        name: *name
      volumes:
      - name: v
        hostPath: {path: /}
---
apiVersion: v1
kind: List
items: [{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {containers: [{name: a}]}}]
`;

const PIECES = [
  ..."{}[]:,\"'\\-&*!|>#%@` \n\t0~?",
  "---\n",
  "<<: ",
  "null",
  "yes",
  "1e999",
  "__proto__",
  "\uFEFF",
  "{{ x }}",
  "*c",
];

const changed = fc
  .array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.nat(20),
      insert: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3 })),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((changes) =>
    changes.reduce((text, { at, remove, insert }) => {
      const start = Math.floor(at * text.length);
      return text.slice(0, start) + insert + text.slice(start + remove);
    }, MANIFEST),
  );

/** Reads, and asks every workload for the places of some fields. Nothing but a {@link ReadError} may be thrown. */
function survives(text: string): void {
  try {
    for (const { where, source, surroundings } of readKubernetes(text, "f").workloads) {
      for (const field of ["HostConfig.Privileged", "HostConfig.Mounts[0].Source", "Pod.procMount", "", "["]) {
        assert.equal(where(field).uri, "f");
      }
      assert.ok((source.line ?? 0) > 0);
      assert.ok(surroundings.pod);
    }
  } catch (error) {
    assert.ok(error instanceof ReadError, String(error));
  }
}

describe("whatever the text", () => {
  test("changed manifests", () => {
    fc.assert(fc.property(changed, survives), { numRuns: RUNS, seed: SEED });
  });

  test("anything at all", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), survives), { numRuns: RUNS, seed: SEED });
  });

  test("pods with values of any type", () => {
    const holes = fc.tuple(arbitraryPod, fc.jsonValue(), fc.nat()).map(([pod, value, at]) => {
      const text = JSON.stringify(pod);
      const values = [...text.matchAll(/:(true|false|\d+|"[^"]*"|\[|\{)/g)];
      const { index = 0, 0: found = "" } = values[at % Math.max(values.length, 1)] ?? {};
      return /[[{]$/.test(found)
        ? text.replace(/"spec":\{/, `"spec":{"extra":${JSON.stringify(value)},`)
        : `${text.slice(0, index)}:${JSON.stringify(value)}${text.slice(index + found.length)}`;
    });
    fc.assert(fc.property(holes, survives), { numRuns: RUNS, seed: SEED });
  });
});

const codes = (text: string): readonly string[] => readKubernetes(text, "f").problems.map(({ message }) => message.en);

const POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: a}]}\n";

describe("limits", () => {
  test(`a text of ${YAML_BYTES_MAX} bytes is read, one more is refused`, () => {
    const comment = (length: number) => `${POD}#${"x".repeat(length - POD.length - 1)}`;
    assert.equal(readKubernetes(comment(YAML_BYTES_MAX), "f").workloads.length, 1);
    assert.throws(() => readKubernetes(comment(YAML_BYTES_MAX + 1), "f"), { code: "TOO_LARGE" });
  });

  test(`${YAML_DEPTH_MAX} levels are read, one more is refused`, () => {
    // The document is a level, and so is its metadata.
    const nested = (levels: number) => `${POD}x: ${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}`;
    assert.deepEqual(codes(nested(YAML_DEPTH_MAX)), []);
    assert.match(codes(nested(YAML_DEPTH_MAX + 1)).join(), /deeper/);
  });

  test("a bomb of aliases is refused", () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(12)}]`,
    );
    assert.match(codes(`${POD}l0: &l0 x\n${levels.join("\n")}\n`).join(), new RegExp(`${YAML_NODES_MAX}`));
  });

  test("an anchor that contains itself is named", () => {
    assert.match(codes(`${POD}a: &a [*a]\n`).join(), /contains itself/);
  });

  test(`${YAML_DOCUMENTS_MAX} documents are read, one more is not`, () => {
    const documents = (count: number) => "---\n{apiVersion: v1, kind: Service}\n".repeat(count);
    assert.deepEqual(codes(documents(YAML_DOCUMENTS_MAX)), []);
    assert.match(codes(documents(YAML_DOCUMENTS_MAX + 1)).join(), /rest is not examined/);
  });

  test(`${CONTAINERS_MAX} containers are read, one more is not`, () => {
    const pod = (count: number) => {
      const spec = { containers: Array.from({ length: count }, () => ({ name: "a" })) };
      return JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name: "x" }, spec });
    };
    assert.equal(readKubernetes(pod(CONTAINERS_MAX), "f").workloads.length, CONTAINERS_MAX);
    assert.match(codes(pod(CONTAINERS_MAX + 1)).join(), /more than/);
  });

  test(`${LIST_DEPTH_MAX} lists in each other are followed, one more is not`, () => {
    const nested = (lists: number): object =>
      lists === 0
        ? { apiVersion: "v1", kind: "Service" }
        : { apiVersion: "v1", kind: "List", items: [nested(lists - 1)] };
    assert.deepEqual(codes(JSON.stringify(nested(LIST_DEPTH_MAX))), []);
    assert.match(codes(JSON.stringify(nested(LIST_DEPTH_MAX + 1))).join(), /nested deeper/);
  });

  test(`${PROBLEMS_MAX} problems are listed, and that there are more`, () => {
    const broken = (count: number) =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n${"  - {name: 1}\n".repeat(count)}`;
    assert.equal(codes(broken(PROBLEMS_MAX)).length, PROBLEMS_MAX);
    const more = codes(broken(PROBLEMS_MAX + 2));
    assert.equal(more.length, PROBLEMS_MAX + 1);
    assert.match(more.at(-1) ?? "", /^2 more/);
  });
});
