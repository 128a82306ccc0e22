import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { PRESETS, policyJsonSchema, readPolicy } from "../src/policy/index.ts";
import { sekisho } from "./support/cli.ts";

const validate = new Ajv2020({ strict: false, unicodeRegExp: false }).compile(policyJsonSchema() as object);
const EXAMPLES = new URL("../examples/policies/", import.meta.url);

test("schema policy prints the schema of policies", async () => {
  const { stdout, status } = await sekisho(["schema", "policy"]);
  assert.equal(status, 0);
  assert.deepEqual(JSON.parse(stdout), JSON.parse(JSON.stringify(policyJsonSchema())));
});

for (const { id, client } of PRESETS) {
  test(`the preset ${id} is valid by the schema, written out and named`, () => {
    for (const clients of [{ [id]: client }, { one: { preset: id } }]) {
      assert.ok(validate({ version: 1, clients }), JSON.stringify(validate.errors));
    }
  });
}

for (const name of readdirSync(EXAMPLES)) {
  test(`the example ${name} is valid by the schema`, () => {
    assert.ok(validate(parse(readFileSync(new URL(name, EXAMPLES), "utf8"))), JSON.stringify(validate.errors));
  });
}

const client = (sections: object) => ({ version: 1, clients: { ci: sections } });

// In pairs: a mistake and its nearest neighbour that is none. The schema and the program must agree on each.
for (const [what, document, good] of [
  ["no client", { version: 1, clients: {} }, false],
  ["a client without sections", client({}), true],
  ["another version", { version: 2, clients: { ci: {} } }, false],
  ["a client's name with a capital letter", { version: 1, clients: { CI: {} } }, false],
  ["a section that is unknown", client({ mount: [] }), false],
  ["an empty section", client({ mounts: [] }), true],
  ["a verb", client({ allow: ["container.create"] }), true],
  ["a verb that is none", client({ allow: ["container.created"] }), false],
  ["a pattern of verbs", client({ allow: ["container.*"] }), true],
  ["a pattern that matches no verb", client({ allow: ["containers.*"] }), false],
  ["a group of verbs", client({ deny: ["@write"] }), true],
  ["a group that is none", client({ deny: ["@writes"] }), false],
  ["a path", client({ mounts: [{ path: "/srv", access: "read-only" }] }), true],
  ["a path that does not begin with /", client({ mounts: [{ path: "srv", access: "read-only" }] }), false],
  ["a size in capitals", client({ limits: { memory: "8GiB" } }), true],
  ["a size in small letters", client({ limits: { memory: "512mb" } }), true],
  ["a size in words", client({ limits: { memory: "8 gigabytes" } }), false],
  ["a gain", client({ gains: { allow: ["host-dos"] } }), true],
  ["a gain that is none", client({ gains: { allow: ["host-does"] } }), false],
  ["an octal mode", client({ listen: [{ address: "unix:///run/ci.sock", mode: "0660" }] }), true],
  ["a mode with an 8", client({ listen: [{ address: "unix:///run/ci.sock", mode: "0680" }] }), false],
] as const) {
  test(`${what}: ${good ? "valid" : "not valid"}`, () => {
    assert.equal(readPolicy(document, () => undefined).kind, good ? "policy" : "problems");
    assert.equal(validate(document), good, JSON.stringify(validate.errors));
  });
}
