/**
 * Records what the audit says of a large fixed corpus: `node scripts/audit-snapshot.ts FILE` writes one line a case,
 * with a digest of each part of its JSON document; `node scripts/audit-snapshot.ts --compare FILE` records again and
 * prints the cases that changed. For work on the analyser that must not change a verdict. `--show CASE` prints one
 * document.
 *
 * The corpus: the scenarios, the bodies of the bench, the docker-bench containers, the examples of techniques and
 * checks, and generated configurations on generated hosts, from a fixed seed.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { auditWorkloads } from "../src/audit/index.ts";
import { CHECKS } from "../src/checks/index.ts";
import type { HostFacts, Workload } from "../src/facts/index.ts";
import { readRunLine } from "../src/readers/docker-run/index.ts";
import { readHostFacts } from "../src/readers/host-facts/index.ts";
import { ReadError, readCreateRequest } from "../src/readers/index.ts";
import { readInspect } from "../src/readers/inspect/index.ts";
import { auditToDocument } from "../src/report/index.ts";
import { TECHNIQUES } from "../src/techniques/index.ts";
import { arbitraryConfig, arbitraryHost } from "../test/support/arbitrary-config.ts";
import { EXAMPLE_HOST, hostOf, workloadOf } from "../test/support/workload.ts";

/** Generated configurations. */
const GENERATED = 2_000;

/** Any fixed number. */
const SEED = 20_260_101;

const CORPUS = join(import.meta.dirname, "..", "test", "corpus");

interface Case {
  readonly id: string;
  readonly workloads: readonly Workload[];
  readonly host: HostFacts;
}

const PARTS = ["gains", "paths", "findings", "fixes", "refused", "rest"] as const;

const [first = "", second = ""] = process.argv.slice(2);
if (first === "--show") {
  const found = cases().find(({ id }) => id === second);
  console.log(JSON.stringify(found && documentOf(found), null, 1));
} else if (first === "--compare") {
  compare(readFileSync(second, "utf8").trimEnd().split("\n"), record());
} else {
  const lines = record();
  writeFileSync(first, `${lines.join("\n")}\n`);
  console.log(`${lines.length} documents recorded`);
}

function compare(before: readonly string[], after: readonly string[]): void {
  const changed = after.filter((line, index) => line !== before[index]);
  for (const line of changed.slice(0, 20)) {
    const old = before.find((other) => other.split(" ")[0] === line.split(" ")[0])?.split(" ") ?? [];
    const parts = line.split(" ");
    const differing = PARTS.filter((_, index) => parts[index + 1] !== old[index + 1]);
    console.log(`${parts[0]}: ${differing.join(", ")}`);
  }
  console.log(`${after.length} documents compared, ${changed.length} changed, ${before.length} before`);
  process.exitCode = changed.length > 0 || before.length !== after.length ? 1 : 0;
}

function record(): readonly string[] {
  return cases().flatMap((entry) =>
    documentOf(entry).map((workload, index) => {
      const { gains, paths, findings, fixes, refused, ...rest } = workload;
      const digests = [gains, paths, findings, fixes, refused, rest].map((part) =>
        createHash("sha256").update(JSON.stringify(part)).digest("hex").slice(0, 16),
      );
      return [`${entry.id}#${index}`, ...digests].join(" ");
    }),
  );
}

function documentOf({ workloads, host }: Case) {
  const audited = auditWorkloads(workloads, host, { fixes: true, peersAreKnown: workloads.length > 1 });
  const result = { complete: true, host, hostFindings: [], workloads: audited, problems: [] };
  return auditToDocument(result, "0", "en").workloads;
}

function cases(): readonly Case[] {
  return [...scenarios(), ...bodies(), ...inspected(), ...examples(), ...generated()];
}

function scenarios(): readonly Case[] {
  const { scenarios: all } = JSON.parse(readFileSync(join(CORPUS, "scenarios.json"), "utf8"));
  return all.map(({ id, config, hostFacts, peers, k8s }: Record<string, unknown>): Case => {
    const { workloads } = readCreateRequest({ text: JSON.stringify(config), uri: `${id}.json` });
    const facts = {
      ...(hostFacts as object),
      ...(peers !== undefined && { peers }),
      ...(k8s !== undefined && { k8s }),
    };
    return { id: `scenario-${id}`, workloads, host: hostOf(readHostFacts(JSON.stringify(facts), "host").values) };
  });
}

function bodies(): readonly Case[] {
  const lines = readFileSync(join(CORPUS, "engine-requests", "create-bodies.jsonl"), "utf8")
    .trim()
    .split("\n");
  return lines.flatMap((line, index): Case[] => {
    try {
      const { workloads } = readCreateRequest({ text: JSON.parse(line).body, uri: "request" });
      return [EXAMPLE_HOST, {}].map((values, which) => ({
        id: `body-${index}-${which}`,
        workloads,
        host: hostOf(values),
      }));
    } catch (error) {
      if (error instanceof ReadError) {
        return []; // malformed on purpose
      }
      throw error;
    }
  });
}

function inspected(): readonly Case[] {
  const folder = join(CORPUS, "docker-bench");
  const text = (name: string) => readFileSync(join(folder, name), "utf8");
  const each = readdirSync(folder).flatMap((name): Case[] => [
    { id: `bench-${name}`, workloads: readInspect({ text: text(name), uri: name }).workloads, host: hostOf({}) },
  ]);
  const together = each.flatMap(({ workloads }) => workloads);
  return [...each, { id: "bench-together", workloads: together, host: hostOf(EXAMPLE_HOST) }];
}

function examples(): readonly Case[] {
  const all = [
    ...TECHNIQUES.map(({ id, examples: { open, possible = [], closed } }) => ({ id, lines: [open, possible, closed] })),
    ...CHECKS.map(({ id, examples: { flagged, possible = [], clean } }) => ({ id, lines: [flagged, possible, clean] })),
  ];
  return all.flatMap(({ id, lines }) =>
    lines.flat().flatMap((example, index): Case[] => {
      if (typeof example !== "string" && "compose" in example) {
        return [];
      }
      const { line, host } = typeof example === "string" ? { line: example, host: {} } : example;
      const directories = { homeDirectory: "/home/dev", workingDirectory: "/home/dev/src" };
      const { workloads } = readRunLine(line, "example", directories);
      return [{ id: `example-${id}-${index}`, workloads, host: hostOf({ ...EXAMPLE_HOST, ...host }) }];
    }),
  );
}

function generated(): readonly Case[] {
  const pairs = fc.sample(fc.tuple(arbitraryConfig, arbitraryHost), { seed: SEED, numRuns: GENERATED });
  return pairs.map(([config, values], index) => ({
    id: `generated-${index}`,
    workloads: [workloadOf(config)],
    host: hostOf(values),
  }));
}
