import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { create, shadowLog, type Written } from "../src/guard/recall/recorded.fixture.ts";
import { sekisho, testFolder } from "./support/cli.ts";

const FOLDER = testFolder("guard-replay");

let files = 0;
const fileOf = (text: string): string => {
  files += 1;
  const path = join(FOLDER, `file-${files}`);
  writeFileSync(path, text);
  return path;
};

interface Document {
  readonly same: number;
  readonly broken: number;
  readonly changes: readonly { readonly to: string; readonly code: string; readonly reasons: readonly unknown[] }[];
}

async function replayed(requests: readonly Written[], client: object, before = "ci") {
  const log = fileOf(await shadowLog(requests, "ci", before));
  const policy = fileOf(JSON.stringify({ version: 1, clients: { ci: client } }));
  const { status, stdout, stderr } = await sekisho(["guard", "replay", "--policy", policy, log, "--format", "json"]);
  assert.ok(status === 0 || status === 1, stderr);
  return { status, document: JSON.parse(stdout) as Document };
}

const bind = create({ HostConfig: { Binds: ["/srv/w:/w"] } });
const privileged = create({ HostConfig: { Privileged: true } });

for (const [what, requests, client, changes] of [
  ["the same policy", [create({}, "a"), bind, privileged], { preset: "ci" }, []],
  [
    "a path that is allowed now",
    [bind, privileged],
    { preset: "ci", mounts: [{ path: "/srv", access: "read-write" }] },
    ["allowed"],
  ],
  ["a path that is allowed read-only", [bind], { preset: "ci", mounts: [{ path: "/srv", access: "read-only" }] }, []],
  [
    "a verb that is taken away",
    [create({}), { target: "/_ping" }],
    { preset: "ci", deny: ["container.create"] },
    ["refused"],
  ],
  [
    "rules that ask for something",
    [create({ User: "1000" }), create({})],
    { preset: "ci", rules: [{ name: "user", verbs: ["container.create"], require: 'request.body.User != ""' }] },
    ["refused"],
  ],
  [
    "what a container was made with counts later",
    [create({ HostConfig: { CapAdd: ["NET_RAW"] } }, "a"), { method: "POST", target: "/containers/a/start" }],
    { preset: "ci" },
    [],
  ],
] as const) {
  test(`replay: ${what}`, async () => {
    const { status, document } = await replayed(requests, client);
    assert.deepEqual(
      document.changes.map(({ to }) => to),
      changes,
      JSON.stringify(document),
    );
    assert.equal(status, changes.length > 0 ? 1 : 0);
    assert.equal(document.same, requests.length - changes.length);
    assert.ok(document.changes.every(({ to, reasons }) => to === "allowed" || reasons.length > 0));
  });
}

test("replay says in words what would be refused and why, in both languages", async () => {
  const log = fileOf(await shadowLog([create({}), create({})]));
  for (const [lang, words] of [
    ["en", /allowed -> refused|refused -> allowed/],
    ["ja", /拒否 → 許可/],
  ] as const) {
    const { stdout, status } = await sekisho(["guard", "replay", "--policy", "ci", log, "--lang", lang]);
    assert.equal(status, 1);
    assert.match(stdout, words);
    assert.match(stdout, /containers\/create.*2×/);
  }
});

test("a record that was edited is not judged, and says so by the exit status", async () => {
  const log = fileOf((await shadowLog([{ target: "/_ping" }])).replace("_ping", "_pong"));
  const { status } = await sekisho(["guard", "replay", "--policy", "ci", log]);
  assert.equal(status, 3);
  assert.equal((await sekisho(["guard", "replay", "--policy", fileOf("no"), log])).status, 2);
});
