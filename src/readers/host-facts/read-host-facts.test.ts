import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { HostValues } from "../../facts/index.ts";
import { ReadError } from "../read-result.ts";
import { HOST_FACTS_CHARACTERS_MAX, HOST_FACTS_DEPTH_MAX, readHostFacts } from "./read-host-facts.ts";

const READ: readonly (readonly [string, HostValues])[] = [
  ['{"kernel": "6.8"}', { kernel: "6.8" }],
  ['{"kernel": "unknown", "cgroup": null}', {}],
  ['{"cgroup": 2}', { cgroup: 2 }],
  ['{"cgroup": "1"}', { cgroup: 1 }],
  ['{"lockdown": true}', { lockdown: "integrity" }],
  ['{"lockdown": false}', { lockdown: "none" }],
  ['{"lockdown": "confidentiality"}', { lockdown: "confidentiality" }],
  ['{"subuid": 100000}', { subuid: 100000 }],
  ['{"subuid": "100000:65536"}', { subuid: 100000 }],
  ['{"peers": "plain"}', { peers: "plain" }],
  ['{"peers": [{"name": "dind", "privileged": true}]}', { peers: [{ name: "dind", privileged: true }] }],
  ['{"kconfig": ["CONFIG_BINFMT_MISC", "DEBUG_FS"]}', { kconfig: ["BINFMT_MISC", "DEBUG_FS"] }],
  ['{"facts": ["host.cron"]}', { facts: { "host.cron": "yes" } }],
  ['{"facts": {"a": true, "b": "no", "c": "unknown"}}', { facts: { a: "yes", b: "no", c: "unknown" } }],
  ['{"hostUser": "1000:1000"}', { hostUser: "1000:1000" }],
  ['{"nameMap": {"node": 1000, "app": "1:2"}}', { nameMap: { node: "1000", app: "1:2" } }],
  ['{"dockerSockMode": "660"}', { dockerSockMode: "0660" }],
  ['{"defaultCaps": ["cap_chown", "KILL"]}', { defaultCaps: ["CHOWN", "KILL"] }],
  ['{"unknownMeans": "third value: possible, never false"}', {}],
];

for (const [text, values] of READ) {
  test(`${text} is read`, () => {
    const layer = readHostFacts(text, "facts.json");
    assert.deepEqual(layer.values, values);
    assert.deepEqual(layer.problems, []);
  });
}

const REFUSED: readonly (readonly [string, ReadError["code"], RegExp])[] = [
  ['{"engine": 20.10}', "WRONG_TYPE", /^facts\.json:1:2: engine: expected a version in quotes/],
  ['{"cgroup": 3}', "WRONG_TYPE", /cgroup: expected 1 or 2, or "unknown"/],
  ['{"apparmor": "yes"}', "WRONG_TYPE", /apparmor: expected true or false/],
  ['{"yama": -1}', "WRONG_TYPE", /yama: expected a whole number/],
  ['{"dockerSockMode": 660}', "WRONG_TYPE", /dockerSockMode: expected an octal mode/],
  ['{"peers": [{"privileged": true}]}', "WRONG_TYPE", /peers/],
  ['{"peers": [{"name": "x", "privileged": "yes"}]}', "WRONG_TYPE", /peers/],
  ['{"defaultCaps": ["NOPE"]}', "WRONG_TYPE", /defaultCaps/],
  ['{"facts": {"a": "maybe"}}', "WRONG_TYPE", /facts/],
  ['{"nameMap": {"node": "root"}}', "WRONG_TYPE", /nameMap/],
  ['{"engineKind": "containerd"}', "WRONG_TYPE", /"docker" or "podman"/],
  ["[]", "NOT_THIS_INPUT", /one JSON object/],
  ['{"kernel": }', "BAD_SYNTAX", /^facts\.json:1:12: not JSON/],
  ["{} x", "BAD_SYNTAX", /not JSON/],
];

for (const [text, code, message] of REFUSED) {
  test(`${text} is refused: ${code}`, () => {
    assert.throws(
      () => readHostFacts(text, "facts.json"),
      (error) => error instanceof ReadError && error.code === code && message.test(error.message),
    );
  });
}

test("a key that no version knows is a note with its place", () => {
  const layer = readHostFacts('{\n  "kernel": "6.8",\n  "kernle": "6.8"\n}', "facts.json");
  assert.deepEqual(layer.values, { kernel: "6.8" });
  assert.deepEqual(
    layer.problems.map(({ severity, place, message }) => [severity, place.line, place.column, message.en]),
    [["note", 3, 3, "no host fact has this name: kernle"]],
  );
});

test("every value knows the line it was written on", () => {
  const layer = readHostFacts('{\n  "kernel": "6.8",\n  "cgroup": 2\n}', "facts.json");
  assert.deepEqual(layer.places.get("cgroup"), { uri: "facts.json", line: 3, column: 3, field: "cgroup" });
});

for (const [says, characters, read] of [
  ["of exactly the limit", HOST_FACTS_CHARACTERS_MAX, true],
  ["of one character more", HOST_FACTS_CHARACTERS_MAX + 1, false],
] as const) {
  test(`a file ${says} is ${read ? "read" : "refused"}`, () => {
    const action = () => readHostFacts("{}".padEnd(characters), "facts.json");
    if (read) {
      assert.deepEqual(action().values, {});
    } else {
      assert.throws(action, { code: "TOO_LARGE" });
    }
  });
}

for (const [levels, read] of [
  [HOST_FACTS_DEPTH_MAX, true],
  [HOST_FACTS_DEPTH_MAX + 1, false],
] as const) {
  test(`${levels} levels of nesting are ${read ? "read" : "refused"}`, () => {
    const action = () => readHostFacts(`{"k8s":${'{"a":'.repeat(levels)}1${"}".repeat(levels)}}`, "facts.json");
    if (read) {
      assert.ok(action().values.k8s !== undefined);
    } else {
      assert.throws(action, { code: "TOO_LARGE" });
    }
  });
}

const SCENARIOS = "/work/shared/oracles/scenarios.json";
const skip = existsSync(SCENARIOS) ? false : `there are no scenarios at ${SCENARIOS}`;

test("the host facts of every scenario are read without a remark", { skip }, () => {
  const { scenarios } = JSON.parse(readFileSync(SCENARIOS, "utf8"));
  for (const scenario of scenarios) {
    const layer = readHostFacts(JSON.stringify(scenario.hostFacts ?? {}), scenario.id);
    assert.deepEqual(layer.problems, [], scenario.id);
  }
});
