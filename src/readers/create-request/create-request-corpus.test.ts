import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import type { HostConfig } from "../../facts/index.ts";
import { ReadError, readCreateRequest } from "../index.ts";

const read = (text: string) => readCreateRequest({ text, uri: "body.json" });

interface Sent {
  readonly id: string;
  readonly body?: string;
  readonly bodyBase64?: string;
  readonly engineStatus: number;
  readonly engineMessage?: string;
  readonly evidence?: string;
}

const SENT: readonly Sent[] = readFileSync(
  new URL("../../../test/corpus/engine-requests/create.jsonl", import.meta.url),
  "utf8",
)
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line));

const textOf = (sent: Sent): string => sent.body ?? Buffer.from(sent.bodyBase64 ?? "", "base64").toString("utf8");

/** Which bodies Engine 20.10.24 could not decode. An array of bodies is ours alone. */
function wasNotDecoded(sent: Sent): boolean {
  return /cannot unmarshal|invalid character|Config cannot be empty/.test(sent.engineMessage ?? "");
}

test("what an engine could decode is read, and what it could not is not", () => {
  for (const sent of SENT.filter(({ id }) => id !== "json-078")) {
    assert.equal(readsAsWorkload(textOf(sent)), !wasNotDecoded(sent), sent.id);
  }
});

function readsAsWorkload(text: string): boolean {
  try {
    return read(text).workloads.length === 1;
  } catch (error) {
    assert.ok(error instanceof ReadError);
    return false;
  }
}

/** What the engine's own inspect said afterwards, as a question to what we read. "joins" is about another container. */
const EVIDENCE: readonly (readonly [RegExp, (config: HostConfig) => boolean])[] = [
  [/\bPrivileged=true/, (config) => config.Privileged === true],
  [/(?<!joins )PidMode=host/, (config) => config.PidMode === "host"],
  [/(?<!joins )NetworkMode=host/, (config) => config.NetworkMode === "host"],
  [/\bIpcMode=host/, (config) => config.IpcMode === "host"],
  [/\bUTSMode=host/, (config) => config.UTSMode === "host"],
  [/\bMaskedPaths reduced/, (config) => config.MaskedPaths !== undefined],
  [/\bCapAdd/, (config) => (config.CapAdd ?? []).length > 0],
  [/\bbind \//, (config) => (config.Binds ?? config.Mounts ?? []).length > 0],
];

test("what the engine said that it made is what was read", () => {
  let compared = 0;
  for (const sent of SENT.filter(({ engineStatus }) => engineStatus === 201)) {
    const config = read(textOf(sent)).workloads[0]?.config.HostConfig ?? {};
    for (const [words, holds] of EVIDENCE) {
      if (words.test(sent.evidence ?? "")) {
        compared += 1;
        assert.ok(holds(config), `${sent.id}: ${sent.evidence}`);
      }
    }
  }
  assert.ok(compared > 50, `only ${compared} compared`);
});

test("whatever the bytes, reading ends with a result or a ReadError, and every place can be asked for", () => {
  const texts = SENT.map(textOf).filter((text) => text.length > 0);
  const mutation = fc.record({
    row: fc.nat(texts.length - 1),
    at: fc.nat(),
    drop: fc.nat(4),
    insert: fc.string({ maxLength: 4 }),
  });
  fc.assert(
    fc.property(mutation, ({ row, at, drop, insert }) => {
      const valid = texts[row] ?? "";
      const place = at % valid.length;
      const text = valid.slice(0, place) + insert + valid.slice(place + drop);
      try {
        for (const workload of read(text).workloads) {
          assert.equal(workload.where("HostConfig.Binds[0]").uri, "body.json");
        }
      } catch (error) {
        assert.ok(error instanceof ReadError, String(error));
      }
    }),
    { numRuns: 3000 },
  );
});
