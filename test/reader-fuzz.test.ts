// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Compose
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { detectKind, INPUT_KINDS } from "../src/cli/inputs/detect.ts";
import { readText } from "../src/cli/inputs/read-text.ts";
import { readHostFacts } from "../src/readers/host-facts/index.ts";
import { ReadError } from "../src/readers/index.ts";

/** A run takes about a millisecond. */
const RUNS = 1_500;

/** The same inputs in every run: a failure here is a failure for everybody. */
const SEED = 20_191_220;

const corpus = join(import.meta.dirname, "corpus");
const inspected = readdirSync(join(corpus, "docker-bench")).map((name) =>
  readFileSync(join(corpus, "docker-bench", name), "utf8"),
);
const INPUTS = [
  ...inspected.slice(0, 3),
  JSON.stringify({ Image: "a", User: "1", HostConfig: { Binds: ["/:/x:ro"], CapAdd: ["ALL"], Devices: [] } }),
  "docker run --cap-add=ALL -v /:/x:ro,rslave --device /dev/sda:r --security-opt seccomp=unconfined -u 1:2 a sh -c 'b'",
  "services:\n  a:\n    image: b\n    privileged: true\n    volumes: [/:/x, {type: bind, source: /etc, target: /y}]\n",
];
const HOST_FACTS = JSON.stringify({
  engine: "28.5.1",
  cgroup: 2,
  apparmor: true,
  kconfig: ["KEXEC"],
  nameMap: { app: "1000:1000" },
  peers: [{ name: "p", privileged: true }],
  facts: { "host.cloud-imds": "yes" },
});

const PIECES = [
  ..."{}[]:,\"'\\-&*!|>$ \n\t0",
  "null",
  "true",
  "1e999",
  "__proto__",
  "\\u0000",
  "\uFEFF",
  "${A}",
  "/../",
];

const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(20),
  insert: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3 })),
});

const changed = (texts: readonly string[]) =>
  fc.tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 4 })).map(([text, changes]) =>
    changes.reduce((current, { at, remove, insert }) => {
      const start = Math.floor(at * current.length);
      return current.slice(0, start) + insert + current.slice(start + remove);
    }, text),
  );

function readsOrRefuses(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof ReadError, `${error instanceof Error ? error.stack : error}`);
  }
}

test("whatever kind a changed text is taken for, it is read or refused with a place", () => {
  fc.assert(
    fc.property(changed(INPUTS), fc.constantFrom(undefined, ...INPUT_KINDS), (text, kind) => {
      detectKind(text);
      readsOrRefuses(() => readText(text, "fuzz", kind));
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

test("changed host facts are read or refused with a place", () => {
  fc.assert(
    fc.property(changed([HOST_FACTS]), (text) => readsOrRefuses(() => readHostFacts(text, "fuzz"))),
    { numRuns: RUNS, seed: SEED },
  );
});
