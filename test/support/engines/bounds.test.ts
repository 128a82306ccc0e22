/** Both sides of every bound, and what happens on a machine that lacks something. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { runCommand, runOrThrow } from "./command.ts";
import { currentProcess, isOrphan, isOwned, listEngines, makeEngineFolder, writeState } from "./engine-folder.ts";
import { engineTestOptions } from "./index.ts";
import { COMMAND_OUTPUT_BYTES_MAX, ENGINE_FOLDER_CHARACTERS_MAX, ENGINES_MAX } from "./limits.ts";
import { missingPrerequisites } from "./prerequisites.ts";
import type { EngineRecipe } from "./recipe.ts";
import { RECIPES } from "./recipes.ts";
import { start } from "./start.ts";
import { waitUntil } from "./wait-until.ts";

let folder: string;
const environment = { ...process.env };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bounds-"));
  process.env["SEKISHO_ENGINES_DIR"] = folder;
});
afterEach(() => {
  process.env = { ...environment };
  rmSync(folder, { recursive: true });
});

test("a command may take its time, and not longer", async () => {
  assert.equal((await runCommand("sleep", ["0"], { timeoutMs: 5_000 })).code, 0);
  await assert.rejects(runCommand("sleep", ["30"], { timeoutMs: 50 }), { code: "COMMAND_TIMEOUT" });
});

test("a command may print so much, and not more", async () => {
  const print = (bytes: number) => runCommand("head", ["-c", String(bytes), "/dev/zero"]);
  assert.equal((await print(COMMAND_OUTPUT_BYTES_MAX)).stdout.length, COMMAND_OUTPUT_BYTES_MAX);
  await assert.rejects(print(COMMAND_OUTPUT_BYTES_MAX + 1), { code: "COMMAND_FAILED" });
});

test("a program that fails is a result; one that is not there is an error", async () => {
  assert.equal((await runCommand("false", [])).code, 1);
  await assert.rejects(runOrThrow("false", []), { code: "COMMAND_FAILED" });
  await assert.rejects(runCommand("no-such-program", []), { code: "COMMAND_FAILED" });
});

test("waiting ends with what it waited for, or with the time", async () => {
  let looks = 0;
  assert.equal(await waitUntil(() => (++looks === 3 ? looks : undefined), 5_000), 3);
  assert.equal(await waitUntil(() => undefined, 30), undefined);
});

test("a folder of the longest name is taken, one character more is not", () => {
  const name = "/sekisho-engine-tls-XXXXXX";
  const fitting = join(folder, "x".repeat(ENGINE_FOLDER_CHARACTERS_MAX - folder.length - name.length - 1));
  process.env["SEKISHO_ENGINES_DIR"] = fitting;
  assert.equal(makeEngineFolder("tls", currentProcess()).folder.length, ENGINE_FOLDER_CHARACTERS_MAX);
  process.env["SEKISHO_ENGINES_DIR"] = `${fitting}x`;
  assert.throws(() => makeEngineFolder("tls", currentProcess()), { code: "PATH_TOO_LONG" });
});

test("so many engines are listed, and not one more", () => {
  for (let count = 0; count < ENGINES_MAX; count++) {
    makeEngineFolder("tls", currentProcess());
  }
  assert.equal(listEngines().length, ENGINES_MAX);
  makeEngineFolder("tls", currentProcess());
  assert.throws(() => listEngines(), { code: "TOO_MANY_ENGINES" });
});

test("an engine belongs to its process, to nobody once that has ended, and to nobody when it is kept", () => {
  const state = makeEngineFolder("tls", currentProcess());
  assert.deepEqual([isOwned(state), isOrphan(state)], [true, false]);
  const ended = { ...state, owner: { ...currentProcess(), startTicks: "1" } };
  assert.deepEqual([isOwned(ended), isOrphan(ended)], [false, true]);
  const kept = { kind: state.kind, folder: state.folder };
  assert.deepEqual([isOwned(kept), isOrphan(kept)], [false, false]);
});

test("folders that only look like an engine's are not listed", () => {
  mkdirSync(join(folder, "sekisho-engine-empty"));
  mkdirSync(join(folder, "sekisho-engine-torn"));
  writeFileSync(join(folder, "sekisho-engine-torn/state.json"), "{");
  const copied = makeEngineFolder("tls", currentProcess());
  writeState({ ...copied, folder: copied.folder });
  mkdirSync(join(folder, "sekisho-engine-copy"));
  writeFileSync(join(folder, "sekisho-engine-copy/state.json"), JSON.stringify(copied));
  assert.deepEqual(
    listEngines().map((state) => state.folder),
    [copied.folder],
  );
});

const impossible: EngineRecipe = {
  ...RECIPES.rootful,
  prerequisites: { programs: ["no-such-program"], files: ["/no/such/file"] },
};

test("what is missing is named, and nothing is started or left", async () => {
  const missing = missingPrerequisites(impossible);
  assert.ok(missing.includes("no-such-program") && missing.includes("/no/such/file"), String(missing));
  await assert.rejects(start(impossible, "test-run"), { code: "PREREQUISITE_MISSING", message: /no-such-program/ });
  assert.deepEqual(readdirSync(folder), []);
});

test("an engine that ends at its start says why, and leaves nothing", engineTestOptions("rootful"), async () => {
  const broken: EngineRecipe = {
    ...RECIPES.rootful,
    plan: async (place) => ({
      socketPath: join(place, "docker.sock"),
      command: ["sh", "-c", "echo no luck today; exit 1"],
      env: {},
      privateCopies: [],
    }),
  };
  await assert.rejects(start(broken, "test-run"), { code: "ENGINE_START_FAILED", message: /no luck today/ });
  assert.deepEqual(readdirSync(folder), []);
});

test("SEKISHO_REQUIRE=all skips nothing", () => {
  process.env["PATH"] = "/no/such/folder";
  process.env["SEKISHO_REQUIRE"] = "all";
  assert.deepEqual(engineTestOptions("rootful", "podman"), { skip: false });
});
