/**
 * The 27 inspect documents that docker-bench-security 1.6.0 was run over: we find what it found about isolation, by the
 * benchmark's own number, and the rows that it missed.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { type Analysis, auditWorkloads } from "../src/audit/index.ts";
import { applyChecks, CHECKS } from "../src/checks/index.ts";
import { readEngine } from "../src/readers/daemon/index.ts";
import { mergeHostFacts } from "../src/readers/host-facts/index.ts";
import { readInspect } from "../src/readers/index.ts";

interface Expected {
  readonly containers: Readonly<
    Record<string, { readonly startedWith: string; readonly beyondPlain: readonly string[] }>
  >;
}

const corpus = (name: string) => new URL(`corpus/${name}`, import.meta.url);
const parsed = (name: string): unknown => JSON.parse(readFileSync(corpus(name), "utf8"));

const { containers } = parsed("docker-bench-expected.json") as Expected;

const host = mergeHostFacts(
  readEngine("engine", parsed("docker-bench-info.json"), parsed("docker-bench-version.json")),
);

/** All of them in one array, as `docker inspect $(docker ps -q)` prints: `container:ID` is found among the others. */
function readDocuments(): ReadonlyMap<string, Analysis> {
  const files = readdirSync(corpus("docker-bench/")).filter((name) => name.endsWith(".json"));
  const documents = files.flatMap((name) => parsed(`docker-bench/${name}`));
  const { workloads, problems } = readInspect({
    text: JSON.stringify(documents),
    uri: "inspect.json",
    hasLines: false,
  });
  assert.deepEqual(problems, []);
  const audited = auditWorkloads(workloads, host, { fixes: false, peersAreKnown: true });
  return new Map(audited.map(({ name, analysis }) => [name, analysis]));
}

const analyses = readDocuments();

function analysisOf(name: string): Analysis {
  const analysis = analyses.get(name);
  assert.ok(analysis !== undefined, `${name} was not read`);
  return analysis;
}

/** Ids of everything that is reported of a container, and the benchmark's numbers for it. */
function reportOf(name: string): { readonly ids: ReadonlySet<string>; readonly numbers: ReadonlySet<string> } {
  const { facts, reached } = analysisOf(name);
  const found = [
    ...[...reached.applies].flatMap(([technique, known]) => (known === "no" ? [] : [technique])),
    ...applyChecks(CHECKS, facts, host).map(({ check }) => check),
  ];
  const catalogues = found.flatMap(({ aliases = {} }) => Object.entries(aliases));
  return {
    ids: new Set(found.map(({ id }) => id)),
    numbers: new Set(catalogues.flatMap(([catalogue, numbers]) => (IS_OURS.test(catalogue) ? numbers : []))),
  };
}

/** The benchmark, and the numbers that the tool made up for what the benchmark leaves out. */
const IS_OURS = /^(cis-docker|docker-bench-security)-1\.6\.0$/;

/**
 * Findings of the tool that are not what the container was started with, and why we do not repeat them. 5.7 is "ssh is
 * not run within containers": the tool looks for sshd among the processes, and with the host's process namespace it
 * finds the host's.
 */
const NOT_REPEATED: Readonly<Record<string, readonly string[]>> = { "3pid": ["5.7"], "v-pidctr": ["5.7"] };

test("the 27 documents and the expectations are about the same containers", () => {
  assert.deepEqual([...analyses.keys()].sort(), Object.keys(containers).sort());
  assert.equal(analyses.size, 27);
});

for (const [name, { startedWith, beyondPlain }] of Object.entries(containers)) {
  describe(`${name}, started with ${startedWith}`, () => {
    const { numbers } = reportOf(name);
    for (const number of beyondPlain) {
      if (NOT_REPEATED[name]?.includes(number) === true) {
        test(`${number} was about the host's processes`, () => assert.ok(!numbers.has(number)));
      } else {
        test(`reports ${number}`, () => assert.ok(numbers.has(number), [...numbers].join(", ")));
      }
    }
  });
}

/**
 * What docker-bench-security did not see: by which of our findings we do, and what it gains. The two sockets are at
 * least possible: nothing in the documents tells what listens at a path of the administrator's own.
 */
for (const [name, ids, gain, certainties] of [
  ["4root", ["bind-root-ro-submounts"], "host-root", ["yes"]],
  ["v-sockdir", ["sock-docker"], "host-root", ["yes", "possible"]],
  ["v-sockrename", ["sock-docker"], "host-root", ["yes", "possible"]],
  ["v-devrule", ["device-rule-mknod"], "host-root", ["yes"]],
  ["v-sysp", ["core-pattern-procsys"], "host-root", ["yes"]],
  ["v-seccfile", ["seccomp-off", "seccomp-off-surface"], "kernel-attack-surface", ["yes"]],
  ["v-pidctr", ["host-pid-namespace", "host-pid-cmdline-leak"], "host-info-leak", ["yes"]],
] as const) {
  describe(`missed by the tool, found by us: ${name}`, () => {
    const { ids: reported } = reportOf(name);
    for (const id of ids) {
      test(`reports ${id}`, () => assert.ok(reported.has(id), [...reported].join(", ")));
    }
    test(`gains ${gain}, ${certainties.join(" or ")}`, () => {
      const certainty = analysisOf(name).gains.find((entry) => entry.gain === gain)?.certainty;
      assert.ok(
        certainties.some((entry) => entry === certainty),
        `${certainty}`,
      );
    });
  });
}

/** The nearest neighbours, which the same findings must leave alone. */
for (const [name, id] of [
  ["1plain", "bind-root-ro-submounts"],
  ["v-etcro", "bind-root-ro-submounts"],
  ["v-etcro", "sock-docker"],
  ["v-varlib", "sock-docker"],
  ["v-dev", "device-rule-mknod"],
  ["v-appa", "core-pattern-procsys"],
  ["1plain", "seccomp-off"],
  ["v-ipc", "host-pid-namespace"],
] as const) {
  test(`${name} does not report ${id}`, () => assert.ok(!reportOf(name).ids.has(id)));
}

test("a hardened container reaches nothing of its host", () => {
  const serious = analysisOf("v-good").gains.filter(({ certainty }) => certainty === "yes");
  assert.deepEqual(serious, []);
});
