import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openRecord, RETENTION_DEFAULT, startDecoy } from "../src/decoy/index.ts";
import type { SessionsDocument } from "../src/report/index.ts";
import { sekisho } from "./support/cli.ts";
import { sessionSamples } from "./support/decoy-sessions.ts";
import { visitDecoy } from "./support/decoy-visit.ts";

const FOLDER = mkdtempSync(join(tmpdir(), "sekisho-decoy-live-"));
const SAMPLES = sessionSamples();
const addressOf = (index: number): string => `127.0.1.${index + 1}`;
let told: SessionsDocument;

before(async () => {
  const faults: unknown[] = [];
  const fault = (error: unknown) => void faults.push(error);
  const record = await openRecord({ dir: FOLDER, retention: RETENTION_DEFAULT, fault });
  const decoy = await startDecoy({
    host: "127.0.0.1",
    port: 0,
    sink: record,
    tls: false,
    realTiming: false,
    registryReachable: true,
    folder: FOLDER,
    fault,
  });
  const port = Number(new URL(decoy.address).port);
  for (const [index, { requests }] of SAMPLES.entries()) {
    await visitDecoy(port, requests, addressOf(index));
  }
  await decoy.close();
  await record.close();
  assert.deepEqual(faults, []);
  const { stdout } = await sekisho(["decoy", "report", "--dir", FOLDER, "--format", "json"]);
  told = JSON.parse(stdout);
});

after(() => rmSync(FOLDER, { recursive: true }));

for (const [index, sample] of SAMPLES.entries()) {
  test(`sent to a running decoy: ${sample.id}`, () => {
    const sessions = told.sessions.filter(({ source }) => source.address.endsWith(addressOf(index)));
    assert.equal(sessions.length, 1);
    const [session] = sessions;
    const ids = session?.attack.map(({ id }) => id) ?? [];
    const indicators = session?.indicators.map(({ type, value }) => `${type} ${value}`) ?? [];
    assert.equal(session?.verdict, sample.expected.verdict);
    assert.deepEqual(
      sample.expected.techniques.filter((id) => !ids.some((each) => each === id || each.startsWith(`${id}.`))),
      [],
    );
    assert.deepEqual(
      sample.expected.iocs.filter(({ type, value }) => !indicators.includes(`${type} ${value}`)),
      [],
    );
  });
}
