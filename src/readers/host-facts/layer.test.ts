import assert from "node:assert/strict";
import { test } from "node:test";
import { draftLayer, mergeHostFacts } from "./layer.ts";

function layer(uri: string, values: { kernel?: string; cgroup?: 1 | 2; facts?: Record<string, "yes" | "no"> }) {
  const draft = draftLayer();
  draft.set("kernel", values.kernel, { uri, field: "kernel" });
  draft.set("cgroup", values.cgroup, { uri, field: "cgroup" });
  draft.set("facts", values.facts, { uri, field: "facts" });
  return draft.finish();
}

test("the later layer wins, and its place with it", () => {
  const host = mergeHostFacts(layer("first", { kernel: "5.10", cgroup: 1 }), layer("second", { kernel: "6.8" }));
  assert.deepEqual(host.values, { kernel: "6.8", cgroup: 1 });
  assert.deepEqual(host.where("kernel"), { uri: "second", field: "kernel" });
  assert.deepEqual(host.where("cgroup"), { uri: "first", field: "cgroup" });
});

test("a key that nobody tells has the place where it could be told", () => {
  assert.deepEqual(mergeHostFacts().where("yama"), { uri: "host", field: "host.yama" });
});

test("facts are joined name by name", () => {
  const host = mergeHostFacts(
    layer("first", { facts: { "host.cron": "yes", "host.systemd": "yes" } }),
    layer("second", { facts: { "host.cron": "no" } }),
  );
  assert.deepEqual(host.values.facts, { "host.cron": "no", "host.systemd": "yes" });
});

test("without facts there is no such key", () => {
  assert.deepEqual(mergeHostFacts(layer("first", { kernel: "6.8" })).values, { kernel: "6.8" });
});
