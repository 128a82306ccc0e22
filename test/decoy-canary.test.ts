import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DISCARD, startDecoy } from "../src/decoy/index.ts";
import { sekisho } from "./support/cli.ts";

const ROOT = mkdtempSync(join(tmpdir(), "sekisho-canary-"));
const FIRST = join(ROOT, "first");
const SECOND = join(ROOT, "second");

interface Listed {
  readonly hostname: string;
  readonly canaries: readonly { readonly container: string; readonly variable: string; readonly value: string }[];
}

/** Starts a decoy in a folder, asks it something, and stops it. */
async function visit<Result>(folder: string, ask: (base: string) => Promise<Result>): Promise<Result> {
  const decoy = await startDecoy({
    host: "127.0.0.1",
    port: 0,
    sink: DISCARD,
    tls: false,
    realTiming: false,
    registryReachable: true,
    folder,
    fault: (error) => assert.fail(String(error)),
  });
  try {
    return await ask(decoy.address.replace(/^tcp/, "http"));
  } finally {
    await decoy.close();
  }
}

async function listed(folder: string): Promise<Listed> {
  const { stdout, status } = await sekisho(["decoy", "canary", "--dir", folder, "--format", "json"]);
  assert.equal(status, 0);
  return JSON.parse(stdout);
}

async function environmentsSeen(base: string): Promise<string> {
  const containers = (await (await fetch(`${base}/containers/json?all=1`)).json()) as { readonly Id: string }[];
  const seen = await Promise.all(
    containers.map(async ({ Id }) => (await (await fetch(`${base}/containers/${Id}/json`)).json()) as object),
  );
  return JSON.stringify(seen);
}

let seen: string;

before(async () => {
  seen = await visit(FIRST, environmentsSeen);
  await visit(SECOND, async () => undefined);
});

after(() => rmSync(ROOT, { recursive: true }));

test("what is listed is what visitors find", async () => {
  const { canaries } = await listed(FIRST);
  assert.ok(canaries.length >= 6);
  for (const { variable, value } of canaries) {
    assert.ok(seen.includes(`${variable}=${value}`), `${variable} was not found`);
  }
});

test("the same after a restart, another in every value elsewhere", async () => {
  const first = await listed(FIRST);
  await visit(FIRST, async () => undefined);
  assert.deepEqual(await listed(FIRST), first);
  const values = new Set(first.canaries.map(({ value }) => value));
  assert.deepEqual(
    (await listed(SECOND)).canaries.filter(({ value }) => values.has(value)),
    [],
  );
});

test("as CSV and as text, in Japanese too", async () => {
  const { canaries } = await listed(FIRST);
  const csv = await sekisho(["decoy", "canary", "--dir", FIRST, "--format", "csv"]);
  assert.equal(csv.stdout.split("\r\n").length, canaries.length + 2);
  for (const lang of ["en", "ja"]) {
    const { stdout } = await sekisho(["decoy", "canary", "--dir", FIRST, "--lang", lang]);
    for (const { variable, value } of canaries) {
      assert.ok(stdout.includes(`${variable}=${value}`));
    }
  }
});

test("a folder without a decoy, a broken one, and a format that is none", async () => {
  const broken = join(ROOT, "broken");
  mkdirSync(join(broken, "engine"), { recursive: true });
  writeFileSync(join(broken, "engine", "identity.json"), "{");
  for (const options of [
    ["--dir", join(ROOT, "none")],
    ["--dir", broken],
    ["--dir", FIRST, "--format", "xml"],
  ]) {
    const { status, stdout, stderr } = await sekisho(["decoy", "canary", ...options]);
    assert.equal(status, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /^sekisho decoy canary: /);
  }
});
