import assert from "node:assert/strict";
import { test } from "node:test";
import { API_VERSION_MAX, compareApiVersions, negotiateApiVersion } from "./index.ts";

for (const [server, version] of [
  ["1.41", "1.41"],
  [API_VERSION_MAX, API_VERSION_MAX],
  ["1.55", API_VERSION_MAX],
  ["1.9", "1.9"], // older than 1.51, although its text sorts after it
  ["2.0", API_VERSION_MAX],
  [undefined, "1.24"],
  ["", "1.24"],
] as const) {
  test(`an engine of API ${server} is spoken to in ${version}`, () => {
    assert.equal(negotiateApiVersion(server), version);
  });
}

for (const server of ["1", "1.41/../../etc", "v1.41", "1.41.1"]) {
  test(`${server} is no version`, () => {
    assert.throws(() => negotiateApiVersion(server), { code: "BAD_ANSWER" });
  });
}

test("versions are compared as numbers", () => {
  assert.ok(compareApiVersions("1.9", "1.24") < 0);
  assert.ok(compareApiVersions("2.0", "1.51") > 0);
  assert.equal(compareApiVersions("1.41", "1.41"), 0);
});
