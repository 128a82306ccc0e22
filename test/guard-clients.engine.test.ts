/** Real clients see no difference between an engine and a gate before it. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { openGate, parseListenAddress, type RunningGate } from "../src/guard/index.ts";
import { passThrough } from "../src/guard/plane/pass-through.fixture.ts";
import { runAs } from "./support/client-runs.ts";
import { DOCKER_RUNS, OTHER_RUNS } from "./support/clients/index.ts";
import { engineTestOptions, startEngine, type TestEngine } from "./support/engines/index.ts";

describe("real clients, with and without the gate", engineTestOptions("rootful"), () => {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-clients-"));
  let engine: TestEngine;
  let gate: RunningGate;
  before(async () => {
    engine = await startEngine("rootful");
    gate = await openGate({
      listeners: [{ address: parseListenAddress(`unix://${folder}/gate.sock`), client: "tester" }],
      upstream: { kind: "unix", uri: engine.host, socketPath: engine.socketPath },
      loadDecider: async () => passThrough,
      mode: "enforce",
      language: "en",
      log: { path: join(folder, "log"), durable: false },
      talk: () => {},
    });
  });
  after(async () => {
    await gate?.stop();
    await engine?.stop();
    rmSync(folder, { recursive: true });
  });

  for (const run of [...DOCKER_RUNS, ...OTHER_RUNS]) {
    test(run.name, async () => {
      const straight = await runAs(run, engine.host);
      const gated = await runAs(run, `unix://${folder}/gate.sock`);
      assert.deepEqual(gated, straight);
    });
  }
});
