/** The chained log: what is written verifies, and whatever is done to it afterwards shows. */
import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { GateFault } from "../gate-error.ts";
import { LOG_LINE_BYTES_MAX, LOG_PENDING_BYTES_MAX } from "../limits.ts";
import { EMPTY_CHAIN, seal } from "./chain.ts";
import type { GuardEvent } from "./events.ts";
import { LogBrokenError, type LogTarget, openLog } from "./log-file.ts";
import { LogWriter } from "./log-writer.ts";
import { LOG_PROBLEMS_MAX, type LogVerdict, LogVerifier } from "./verify.ts";

const event = (id: GuardEvent["id"], details: object = {}): GuardEvent => ({
  id,
  time: "2026-01-01T00:00:00.000Z",
  host: "h",
  ...details,
});

function chainOf(count: number): string[] {
  let end = EMPTY_CHAIN;
  return Array.from({ length: count }, (_, index) => {
    const sealed = seal(event("guard.request.allowed", { target: `/${index}` }), end);
    end = sealed.end;
    return sealed.line;
  });
}

async function verify(...texts: string[]): Promise<LogVerdict> {
  const verifier = new LogVerifier();
  for (const [index, text] of texts.entries()) {
    await verifier.read(`log.${index}`, Readable.from([Buffer.from(text)]));
  }
  return verifier.end();
}

const kinds = ({ problems }: LogVerdict) => problems.map(({ kind, line }) => `${kind}@${line}`);
const joined = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");

test("a whole chain has no problems, in one file or in several", async () => {
  const lines = chainOf(10);
  assert.deepEqual(kinds(await verify(joined(lines))), []);
  const split = await verify(joined(lines.slice(0, 4)), joined(lines.slice(4)));
  assert.deepEqual([split.records, split.firstSequence, split.lastSequence, kinds(split)], [10, 0, 9, []]);
  const later = await verify(joined(lines.slice(4)));
  assert.deepEqual([later.firstSequence, kinds(later)], [4, []]); // older files are elsewhere
});

const [a = "", b = "", c = "", d = "", e = ""] = chainOf(5);
for (const [name, lines, expected] of [
  ["an edited record", [a, b.replace("/1", "/x"), c], ["edited@2"]],
  ["two edited records in a row", [a, b.replace("/1", "/x"), c.replace("/2", "/x"), d], ["edited@2", "edited@3"]],
  ["a record cut out", [a, c, d], ["cut@2"]],
  ["several records cut out", [a, e], ["cut@2"]],
  ["two records swapped", [a, c, b, d], ["cut@2", "reordered@3", "cut@4"]],
  ["a record repeated", [a, b, b, c], ["reordered@3"]],
  ["a record without its seal", [a, b.replace(/,"hash":"[^"]*"/, ""), c], ["edited@2"]],
  ["an empty line", [a, "", b], ["edited@2"]],
  ["a line of something else", [a, "hello", b], ["edited@2"]],
  [
    "a seal made anew over an edit",
    [a, seal(event("guard.stopped"), { nextSequence: 1, lastHash: "0".repeat(64) }).line, c],
    ["reordered@2", "reordered@3"],
  ],
  [
    "a first record that claims to follow something",
    [seal(event("guard.stopped"), { nextSequence: 0, lastHash: "1".repeat(64) }).line],
    ["reordered@1"],
  ],
] as const) {
  test(`${name} is found`, async () => {
    assert.deepEqual(kinds(await verify(joined(lines))), expected);
  });
}

test("any change of any byte but the last line feed is found", async () => {
  const whole = Buffer.from(joined(chainOf(4)));
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 2), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ by;
      const verifier = new LogVerifier();
      await verifier.read("log", Readable.from([changed]));
      const { problemCount, torn } = verifier.end();
      assert.ok(problemCount > 0 || torn !== undefined);
    }),
  );
});

test("a last record that broke off is told apart from an edit", async () => {
  const verdict = await verify(joined([a, b]) + c.slice(0, 40));
  assert.deepEqual(kinds(verdict), []);
  assert.deepEqual(verdict.torn, { file: "log.0", line: 3, bytes: 40 });
});

test("a line as long as a line may be is read, a longer one is a problem and is not held", async () => {
  const long = seal(event("guard.request.allowed", { target: "x".repeat(LOG_LINE_BYTES_MAX - 400) }), EMPTY_CHAIN).line;
  assert.deepEqual(kinds(await verify(joined([long]))), []);
  assert.deepEqual(kinds(await verify(`${"x".repeat(2 * LOG_LINE_BYTES_MAX)}\n`)), ["edited@1"]);
});

test("so many problems are listed, and all are counted", async () => {
  const verdict = await verify("x\n".repeat(LOG_PROBLEMS_MAX + 5));
  assert.deepEqual([verdict.problems.length, verdict.problemCount], [LOG_PROBLEMS_MAX, LOG_PROBLEMS_MAX + 5]);
});

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-log-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

const options = (durable: boolean, onTrouble: (cause: unknown) => void = () => {}) => ({ durable, event, onTrouble });

test("a log that is opened again carries its chain on; one torn by a crash says so and stays whole", async (t) => {
  const path = join(folderOf(t), "log");
  for (let round = 0; round < 3; round += 1) {
    const writer = new LogWriter(await openLog(path), options(false));
    writer.append(event("guard.request.allowed"));
    await writer.close();
    if (round === 1) {
      truncateSync(path, readFileSync(path).length - 10);
    }
  }
  const verdict = await verify(readFileSync(path, "utf8"));
  assert.deepEqual(kinds(verdict), []);
  assert.deepEqual([verdict.records, verdict.lastSequence, verdict.torn], [3, 2, undefined]);
  assert.match(readFileSync(path, "utf8"), /guard\.log\.recovered/);
});

test("a torn line that was edited after the recovery is found", async (t) => {
  const path = join(folderOf(t), "log");
  writeFileSync(path, joined([a, b]));
  appendFileSync(path, c.slice(0, 120));
  const writer = new LogWriter(await openLog(path), options(false));
  await writer.close();
  const text = readFileSync(path, "utf8");
  assert.deepEqual(kinds(await verify(text)), []);
  assert.deepEqual(kinds(await verify(text.replace(c.slice(0, 120), `${c.slice(0, 119)}?`))), ["edited@3"]);
});

test("a file that is no log of ours is not appended to", async (t) => {
  const path = join(folderOf(t), "log");
  writeFileSync(path, "something else\n");
  await assert.rejects(openLog(path), LogBrokenError);
});

test("a rotated log goes on in the new file", async (t) => {
  const folder = folderOf(t);
  const writer = new LogWriter(await openLog(join(folder, "one")), options(false));
  writer.append(event("guard.request.allowed"));
  await writer.reopen(() => openLog(join(folder, "two")));
  writer.append(event("guard.request.allowed"));
  await writer.close();
  const verdict = await verify(readFileSync(join(folder, "one"), "utf8"), readFileSync(join(folder, "two"), "utf8"));
  assert.deepEqual([verdict.records, kinds(verdict)], [3, []]);
});

/** A disk of so many bytes. */
class SmallDisk implements LogTarget {
  text = "";
  free: number;
  synced = 0;
  constructor(free: number) {
    this.free = free;
  }
  async write(bytes: Buffer): Promise<number> {
    const taken = Math.min(bytes.length, this.free);
    if (taken === 0) {
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    }
    this.text += bytes.subarray(0, taken).toString();
    this.free -= taken;
    return taken;
  }
  async sync(): Promise<void> {
    this.synced = this.text.length;
  }
  async close(): Promise<void> {}
}

test("a full disk refuses at once what is to be durable, and what is not as soon as it is known", async () => {
  for (const durable of [true, false]) {
    const disk = new SmallDisk(1_000);
    const troubles: unknown[] = [];
    const writer = new LogWriter(
      { target: disk, end: EMPTY_CHAIN },
      options(durable, (cause) => troubles.push(cause)),
    );
    let refused = 0;
    for (let index = 0; index < 20; index += 1) {
      try {
        await writer.append(event("guard.request.allowed", { index }));
        await sleep(durable ? 0 : 30);
      } catch (error) {
        assert.ok(error instanceof GateFault && error.code === "log-unwritable");
        refused += 1;
      }
    }
    assert.ok(refused > 10 && troubles.length === 1 && writer.isFailing, `${refused} refused`);

    disk.free = 100_000;
    while (writer.isFailing) {
      await sleep(50);
    }
    await writer.append(event("guard.request.allowed", { after: true }));
    await writer.close();
    assert.equal(troubles.length, 2);
    const verdict = await verify(disk.text);
    assert.deepEqual([kinds(verdict), verdict.torn], [[], undefined]); // no gap, though the disk was full in mid-record
    assert.match(disk.text, /guard\.log\.resumed/);
  }
});

test("a durable record is on the disk before anybody goes on", async () => {
  const disk = new SmallDisk(1e9);
  const writer = new LogWriter({ target: disk, end: EMPTY_CHAIN }, options(true));
  await Promise.all(
    Array.from({ length: 100 }, async (_, index) => {
      await writer.append(event("guard.request.allowed", { index }));
      assert.ok(disk.text.slice(0, disk.synced).includes(`"index":${index},`));
    }),
  );
  await writer.close();
});

test("a disk that is too slow is treated as full", async () => {
  const never = new Promise<number>(() => {});
  const target: LogTarget = { write: () => never, sync: async () => {}, close: async () => {} };
  const writer = new LogWriter({ target, end: EMPTY_CHAIN }, options(false));
  const record = event("guard.request.allowed", { text: "x".repeat(100_000) });
  let taken = 0;
  assert.throws(() => {
    for (; taken < 1_000; taken += 1) {
      writer.append(record);
    }
  }, GateFault);
  assert.ok(taken * 100_000 >= LOG_PENDING_BYTES_MAX && (taken - 2) * 100_200 < LOG_PENDING_BYTES_MAX, String(taken));
});
