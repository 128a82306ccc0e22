import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { rulesIn } from "../../cli/rules.ts";
import { UNKNOWN_HOST } from "../../facts/index.ts";
import type { AuditResult, Finding, FindingException, WorkloadResult } from "../../findings/index.ts";
import { applyBaseline } from "./baseline.ts";
import { applyExceptions } from "./exceptions.ts";
import { inlineExceptions } from "./inline.ts";
import { matchesPattern, PATTERN_CHARACTERS_MAX } from "./pattern.ts";
import { selectRules, selectSeverity, unknownRules } from "./select.ts";

for (const [pattern, text, matches] of [
  ["compose.yaml", "compose.yaml", true],
  ["compose.yaml", "compose.yml", false],
  ["*.yaml", "compose.yaml", true],
  ["*.yaml", "deploy/compose.yaml", false],
  ["**/*.yaml", "deploy/a/compose.yaml", true],
  ["**/*.yaml", "compose.yaml", true],
  ["**/compose.yaml", "mycompose.yaml", false],
  ["deploy/**", "deploy/a/b", true],
  ["deploy/**", "deployment/a", false],
  ["web-?", "web-1", true],
  ["web-?", "web-12", false],
  ["a.c", "abc", false],
  ["*", "", true],
  ["", "", true],
] as const) {
  test(`pattern ${pattern} ${matches ? "matches" : "does not match"} ${JSON.stringify(text)}`, () => {
    assert.equal(matchesPattern(pattern, text), matches);
  });
}

test("a pattern of the longest length is tried, a longer one matches nothing", () => {
  assert.ok(matchesPattern("*".repeat(PATTERN_CHARACTERS_MAX), "x".repeat(200)));
  assert.ok(!matchesPattern("*".repeat(PATTERN_CHARACTERS_MAX + 1), "x"));
});

test("a pattern without signs matches itself and nothing else", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "/", "."), maxLength: 8 });
  fc.assert(fc.property(word, word, (left, right) => matchesPattern(left, right) === (left === right)));
});

const finding = (id: string, line: number, extra: Partial<Finding> = {}): Finding => ({
  id,
  severity: "high",
  certainty: "yes",
  title: { en: id, ja: id },
  message: { en: id, ja: id },
  location: { uri: "compose.yaml", line },
  aliases: {},
  fingerprint: `${id}-${line}`,
  ...extra,
});

const workload = (name: string, findings: readonly Finding[]): WorkloadResult => ({
  id: `compose.yaml#${name}`,
  kind: "service",
  name,
  source: { uri: "compose.yaml", line: 2 },
  gains: [],
  paths: [],
  findings,
  goal: undefined,
  fixes: [],
  refused: [],
  refusal: undefined,
  unresolved: new Map(),
});

const RESULT: AuditResult = {
  complete: true,
  host: UNKNOWN_HOST,
  hostFindings: [finding("cve-2019-5736", 1, { location: { uri: "host" }, aliases: { cve: ["CVE-2019-5736"] } })],
  workloads: [
    workload("web", [finding("privileged-flag", 5, { aliases: { "cis-docker-1.6.0": ["5.4"] } })]),
    workload("db", [finding("sock-docker", 9), finding("runs-as-root", 8, { severity: "low" })]),
  ],
  problems: [],
};

const PLACE = { uri: ".sekishoignore", line: 1 };
const TODAY = "2026-11-24";
const kept = (result: AuditResult): readonly string[] =>
  [...result.hostFindings, ...result.workloads.flatMap(({ findings }) => findings)].map(({ id }) => id);

for (const [name, exception, rest, notes] of [
  ["by id", { rule: "privileged-flag" }, ["cve-2019-5736", "sock-docker", "runs-as-root"], 0],
  ["by alias", { rule: "cis-docker-1.6.0:5.4" }, ["cve-2019-5736", "sock-docker", "runs-as-root"], 0],
  ["by the number alone", { rule: "5.4" }, ["cve-2019-5736", "sock-docker", "runs-as-root"], 0],
  ["by pattern and workload", { rule: "*", workload: "db" }, ["cve-2019-5736", "privileged-flag"], 0],
  ["of the host", { rule: "cve-*", workload: "host" }, ["privileged-flag", "sock-docker", "runs-as-root"], 0],
  ["on its last day", { rule: "sock-docker", expires: TODAY }, ["cve-2019-5736", "privileged-flag", "runs-as-root"], 0],
  ["a day too old", { rule: "sock-docker", expires: "2026-11-23" }, kept(RESULT), 1],
  ["of another file", { rule: "sock-docker", path: "other.yaml" }, kept(RESULT), 1],
  ["of another workload", { rule: "sock-docker", workload: "web" }, kept(RESULT), 1],
  [
    "of one line",
    { rule: "*", lines: { uri: "compose.yaml", from: 5, to: 5 } },
    ["cve-2019-5736", "sock-docker", "runs-as-root"],
    0,
  ],
] as const satisfies readonly (readonly [string, Omit<FindingException, "place">, readonly string[], number])[]) {
  test(`an exception ${name}`, () => {
    const result = applyExceptions(RESULT, [{ ...exception, place: PLACE }], TODAY);
    assert.deepEqual(kept(result), rest);
    assert.equal(result.problems.length, notes);
    const aside = [...(result.hostSuppressed ?? []), ...result.workloads.flatMap(({ suppressed }) => suppressed ?? [])];
    assert.equal(aside.length + kept(result).length, kept(RESULT).length);
  });
}

test("a baseline puts aside what it knows, and nothing new", () => {
  const before = { uri: "baseline.json", fingerprints: new Set(["privileged-flag-5", "gone"]) };
  assert.deepEqual(kept(applyBaseline(RESULT, before)), ["cve-2019-5736", "sock-docker", "runs-as-root"]);
});

test("rules and profiles choose, severities hide", () => {
  const choose = (selection: Partial<Parameters<typeof selectRules>[1]>) =>
    kept(selectRules(RESULT, { rules: [], skipped: [], ...selection }));
  assert.deepEqual(choose({ rules: ["sock-*"] }), ["sock-docker"]);
  assert.deepEqual(choose({ skipped: ["sock-*"] }), ["cve-2019-5736", "privileged-flag", "runs-as-root"]);
  assert.deepEqual(choose({ profile: "cis-docker-1.6.0" }), ["privileged-flag"]);
  assert.deepEqual(choose({ profile: "escape" }), ["cve-2019-5736", "privileged-flag", "sock-docker"]);
  assert.deepEqual(kept(selectSeverity(RESULT, "high")), ["cve-2019-5736", "privileged-flag", "sock-docker"]);
  assert.deepEqual(unknownRules(["sock-docker", "5.4", "no-such-rule"]), ["no-such-rule"]);
});

for (const [name, text, from, extra] of [
  [
    "at the end of a line",
    "a:\n  privileged: true # sekisho:ignore privileged-flag needs it",
    2,
    { reason: "needs it" },
  ],
  ["alone, for the next line of code", "# sekisho:ignore privileged-flag\n\n# more\na: 1", 4, {}],
  [
    "with an end and an owner",
    "a: 1 # sekisho:ignore privileged-flag until=2027-01-01 owner=ops because",
    1,
    { expires: "2027-01-01", owner: "ops", reason: "because" },
  ],
] as const) {
  test(`a comment ${name}`, () => {
    const [exception, ...others] = inlineExceptions(text, "f");
    assert.deepEqual(others, []);
    const { place: _, ...rest } = exception ?? { place: PLACE };
    assert.deepEqual(rest, { rule: "privileged-flag", lines: { uri: "f", from, to: from }, ...extra });
  });
}

test("a comment names several rules; text that is none names nothing", () => {
  assert.deepEqual(
    inlineExceptions("x: 1 # sekisho:ignore a-b, c", "f").map(({ rule }) => rule),
    ["a-b", "c"],
  );
  assert.deepEqual(inlineExceptions("x: 1 # see sekisho:ignored", "f"), []);
});

test("every rule that is listed can be chosen, by its id and by its numbers elsewhere", () => {
  for (const { id, aliases } of rulesIn("en")) {
    const names = Object.entries(aliases).flatMap(([catalogue, numbers]) =>
      numbers.flatMap((number) => [number, `${catalogue}:${number}`]),
    );
    assert.deepEqual(unknownRules([id, ...names]), [], id);
  }
  const near = ["pod-", "host-", "dockerfile-", "cve-1999-0001", "cis-docker-1.6.0:9.99", "privileged"];
  assert.deepEqual(unknownRules(near), near);
});
