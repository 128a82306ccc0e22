import assert from "node:assert/strict";
import type { Pod, Workload } from "../../src/facts/index.ts";
import { readKubernetes } from "../../src/readers/kubernetes/index.ts";

/** The workloads of a pod spec in YAML, or of a whole manifest. */
export function podWorkloads(text: string, annotations = ""): readonly Workload[] {
  const whole = /^\s*\{?\s*apiVersion:/.test(text);
  const spec = text.trimStart().startsWith("{") ? text : `{${text}}`;
  const manifest = whole
    ? text
    : `{apiVersion: v1, kind: Pod, metadata: {name: pod, annotations: ${annotations || "{}"}}, spec: ${spec}}`;
  const { workloads, problems } = readKubernetes(manifest, "pod.yaml");
  assert.deepEqual(
    problems.filter(({ severity }) => severity === "error"),
    [],
    manifest,
  );
  return workloads;
}

/** The pod of the same. */
export function podOf(text: string, annotations = ""): Pod {
  const pod = podWorkloads(text, annotations)[0]?.surroundings.pod?.pod;
  assert.ok(pod, text);
  return pod;
}
