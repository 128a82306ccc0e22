/**
 * How fast the analyser is: `npm run bench:audit`.
 *
 * One core, in one process: create requests are read from their JSON text, analysed with paths, and searched for fixes.
 * Rates are per second of processor time, so that other load on the machine counts less, and medians over rounds. A live
 * engine is bench:live's, folders of files are bench:files'.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { analyse, auditWorkload, pathsOf } from "../src/audit/index.ts";
import { deriveContainerFacts, type HostValues, type Workload } from "../src/facts/index.ts";
import { ReadError, readCreateRequest } from "../src/readers/index.ts";
import { fixpoint, TECHNIQUES } from "../src/techniques/index.ts";
import { arbitraryConfig } from "../test/support/arbitrary-config.ts";
import { EXAMPLE_HOST, hostOf, workloadOf } from "../test/support/workload.ts";

/** Rounds of each measurement; the first is thrown away. */
const ROUNDS = 9;

/** Generated configurations, and any fixed number. */
const GENERATED = 2_000;
const SEED = 20_260_101;

/** Least time of one round, so that the clock's grain does not matter. */
const ROUND_MS_MIN = 400;

const corpus = join(import.meta.dirname, "..", "test", "corpus");
const bodies = createBodies();
const host = hostOf(EXAMPLE_HOST satisfies HostValues);

const workloads = bodies.map(read);
console.log(
  `${bodies.length} create requests, ${count((workload) => analyse(workload, host).gains.length > 0)} of them with a gain, Node ${process.version}`,
);
report("read the JSON", bodies, read);
report("facts", workloads, (workload) => deriveContainerFacts(workload, host));
report("facts and gains", workloads, (workload) => fixpoint(TECHNIQUES, deriveContainerFacts(workload, host), host));
report("read, facts, gains, paths (target 10000/s)", bodies, (body) => pathsOf(analyse(read(body), host)));
report("all of it, with fixes (target 2000/s)", bodies, (body) => auditWorkload(read(body), host, true));

// What was seen before is remembered, so that the rates above are those of a fleet in which the same things come back.
const generated = fc.sample(arbitraryConfig, { numRuns: GENERATED, seed: SEED }).map((config) => workloadOf(config));
const half = generated.length / 2;
once("generated, no two alike: facts, gains, paths", generated.slice(0, half), (workload) =>
  pathsOf(analyse(workload, host)),
);
once("generated, no two alike: with fixes", generated.slice(half), (workload) => auditWorkload(workload, host, true));

function createBodies(): string[] {
  const lines = readFileSync(join(corpus, "engine-requests", "create-bodies.jsonl"), "utf8")
    .trim()
    .split("\n");
  return lines
    .map((line) => (JSON.parse(line) as { body: string }).body)
    .filter((body) => {
      try {
        return readCreateRequest({ text: body, uri: "request" }).workloads.length === 1;
      } catch (error) {
        if (error instanceof ReadError) {
          return false; // malformed on purpose
        }
        throw error;
      }
    });
}

function read(body: string): Workload {
  const [workload] = readCreateRequest({ text: body, uri: "request" }).workloads;
  if (workload === undefined) {
    throw new TypeError("a body of the corpus gave no workload");
  }
  return workload;
}

function count(holds: (workload: Workload) => boolean): number {
  return workloads.filter(holds).length;
}

function report<Item>(label: string, items: readonly Item[], work: (item: Item) => unknown): void {
  const rates: number[] = [];
  for (let index = 0; index < ROUNDS; index += 1) {
    const started = processorMs();
    let done = 0;
    do {
      for (const item of items) {
        work(item);
      }
      done += items.length;
    } while (processorMs() - started < ROUND_MS_MIN);
    rates.push((done * 1000) / (processorMs() - started));
  }
  const sorted = rates.slice(1).sort((left, right) => left - right);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  console.log(
    `${label.padEnd(46)} ${Math.round(median).toLocaleString("en")} per second (${(1e6 / median).toFixed(1)} µs each)`,
  );
}

/** One pass: nothing is met a second time. */
function once<Item>(label: string, items: readonly Item[], work: (item: Item) => unknown): void {
  const started = processorMs();
  for (const item of items) {
    work(item);
  }
  const each = (processorMs() - started) / items.length;
  console.log(
    `${label.padEnd(46)} ${Math.round(1000 / each).toLocaleString("en")} per second (${(each * 1000).toFixed(1)} µs each)`,
  );
}

/** Milliseconds of processor time that this process has used, its garbage collection included. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
