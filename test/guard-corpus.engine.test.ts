/** Every row of the corpus through a running gate to a real engine: no danger passes, nothing harmless is refused. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { readCorpus, runCase } from "./support/engine-requests.ts";
import { BUSYBOX_IMAGE, engineTestOptions, startEngine, type TestEngine } from "./support/engines/index.ts";
import { type GateProcess, startGate } from "./support/gate-process.ts";

const POLICY = resolve(import.meta.dirname, "../examples/policies/host-policy.yaml");

/** Images that rows name; all of them are the same busybox. */
const IMAGES = [
  "nginx:alpine",
  "redis:7",
  "postgres:16",
  "alpine:3.20",
  "node:20",
  "traefik:v3.1",
  "portainer/portainer-ce:2.21.4",
  "portainer/agent:2.21.4",
  "containrrr/watchtower:1.7.1",
  "jenkins/inbound-agent:latest-jdk17",
  "testcontainers/ryuk:0.11.0",
];

/** Rows that are harmless to this engine and refused all the same: docs/decisions says why. */
const REFUSED_BY_SPECIFICATION = new Set([
  "json-076", // a key that is not UTF-8
  "framing-013", // bytes after the body, which another server would take for a second request
  "exec-014", // a second JSON value after the first
  "build-011", // a form body
  "build-013", // a form body
]);

describe("the corpus of requests, through the gate to a real engine", engineTestOptions("rootful"), () => {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-corpus-"));
  const gateSocket = join(folder, "gate.sock");
  let engine: TestEngine;
  let gate: GateProcess;
  let logSocket: Server;
  before(async () => {
    engine = await startEngine("rootful", {
      privateCopies: (own) => {
        const copy = join(own, "srv");
        mkdirSync(join(copy, "apisem-w"), { recursive: true });
        return [{ copy, original: "/srv" }];
      },
    });
    logSocket = createServer();
    await new Promise<void>((done) => logSocket.listen(join(engine.folder, "srv/apisem-w/log.sock"), done));
    const made = await engine.docker("create", "--name", "maker", BUSYBOX_IMAGE, "true");
    assert.equal(made.code, 0, made.stderr);
    await engine.docker("commit", "--change", 'CMD ["sleep","600"]', "maker", "made:1");
    await engine.docker("commit", "--change", "VOLUME /data", "maker", "apisem/vol:1");
    await engine.docker("rm", "maker");
    for (const image of IMAGES) {
      await engine.docker("tag", "made:1", image);
    }
    gate = await startGate(["--policy", POLICY, "--listen", `unix://${gateSocket}`, "--upstream", engine.host]);
  });
  after(async () => {
    await gate?.stop();
    logSocket?.close();
    await engine?.stop();
    rmSync(folder, { recursive: true });
  });

  for (const row of readCorpus()) {
    test(`${row.id} ${row.technique}: ${row.truth}`, async () => {
      const { status, body } = await runCase(row, engine.socketPath, gateSocket);
      if (row.truth === "dangerous" || REFUSED_BY_SPECIFICATION.has(row.id)) {
        assert.ok(status >= 400 && status < 500, `let through: ${status} ${body}`);
        return;
      }
      if (row.truth === "benign" && row.policyDependent !== true) {
        assert.notEqual(status, 0, "no answer");
        assert.doesNotMatch(body, /"message":"sekisho: /, "refused");
      }
    });
  }
});
