import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSecurityOptions } from "./security-options.ts";

for (const [options, expected] of [
  [["no-new-privileges"], true],
  [["no-new-privileges=true"], true],
  [["no-new-privileges:T"], true],
  [["no-new-privileges", "no-new-privileges=0"], false], // the last one wins
  [["no-new-privileges:false", "no-new-privileges"], true],
  [["no-new-privileges=maybe"], false],
  [["no-new-privileges=constructor"], false], // no word that objects inherit
  [["no-new-privileges=tRUE"], false], // Go takes six spellings, not any case
  [[], false],
] as const) {
  test(`${JSON.stringify(options)} sets no-new-privileges: ${expected}`, () => {
    assert.equal(parseSecurityOptions(options).noNewPrivileges, expected);
  });
}

for (const option of ["seccomp=unconfined", "seccomp:unconfined"]) {
  test(`${option} is read with either sign`, () => {
    assert.equal(parseSecurityOptions([option]).seccomp, "unconfined");
  });
}

test("the last seccomp option wins and is named", () => {
  const parsed = parseSecurityOptions(["seccomp=unconfined", "seccomp="]);
  assert.equal(parsed.seccomp, "");
  assert.equal(parsed.decidedBy.seccomp, 1);
});

test("labels are read; disable has three spellings", () => {
  assert.equal(parseSecurityOptions(["label=type:spc_t"]).label.type, "spc_t");
  for (const option of ["label=disable", "label:disable", "disable"]) {
    assert.equal(parseSecurityOptions([option]).label.disable, true, option);
  }
});

test("systempaths is a word of the CLI: the engine refuses it", () => {
  assert.deepEqual(parseSecurityOptions(["systempaths=unconfined"]).refused, ["systempaths=unconfined"]);
});

for (const option of ["nonsense", "Seccomp=unconfined", "=x", "no-new-privileges=maybe", "writable-cgroups=toString"]) {
  test(`${JSON.stringify(option)} makes the engine refuse the container`, () => {
    assert.deepEqual(parseSecurityOptions([option]).refused, [option]);
  });
}

test("an empty entry says nothing: an edit that takes one away leaves the others at their places", () => {
  const parsed = parseSecurityOptions(["", "seccomp=unconfined"]);
  assert.deepEqual(parsed.refused, []);
  assert.equal(parsed.decidedBy.seccomp, 1);
});
