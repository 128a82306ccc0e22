/**
 * Every clause of every scenario of the corpus, through the readers that `sekisho audit` uses. The corpus is a copy and
 * is not edited: where we say otherwise, the row stands in {@link DISAGREEMENTS} and in
 * docs/decisions/0005-scenarios-we-argue-with.md.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { type Analysis, analyse, evaluateSubject, findFixes } from "../src/audit/index.ts";
import { applyChecks, CHECKS } from "../src/checks/index.ts";
import type { Known } from "../src/facts/index.ts";
import { readHostFacts } from "../src/readers/host-facts/index.ts";
import { readCreateRequest } from "../src/readers/index.ts";
import { applyEdits, engineRefusal, type Subject } from "../src/remedies/index.ts";
import { hostOf } from "./support/workload.ts";

interface Scenario {
  readonly id: string;
  readonly name: string;
  readonly config: object;
  readonly hostFacts: Readonly<Record<string, unknown>>;
  readonly peers?: unknown;
  readonly k8s?: unknown;
  readonly goal: readonly string[];
  readonly expectedGains: readonly string[];
  readonly possibleGains?: readonly { readonly gain: string; readonly decidedBy: string }[];
  readonly mustNotGain: readonly string[];
  readonly mustReport: readonly string[];
  readonly minimalFixes: readonly Edits[];
  readonly wrongFixes?: readonly Edits[];
  readonly conditionalFixes?: readonly { readonly edit: Edits; readonly holdsIf: string }[];
  readonly refusedEdits?: readonly Edits[];
}

type Edits = readonly string[];

const { scenarios } = JSON.parse(readFileSync(new URL("corpus/scenarios.json", import.meta.url), "utf8")) as {
  scenarios: readonly Scenario[];
};

/**
 * Clauses that do not hold, by their name in the test, and why we keep our answer. A row that holds after all fails the
 * test, so that this list never hides anything. The arguments: docs/decisions/0005-scenarios-we-argue-with.md.
 */
const DISAGREEMENTS: Readonly<Record<string, string>> = {
  "s19 minimal fix [host.apparmor=true] closes host-root":
    "the peers are not known: one of user 1000:1000 that holds an engine socket may remain, as s09 and s17 say themselves",
  "n03 possible gain host-root of any committer": "a sentence, not a gain: the audit judges this container only",
  "n05 minimal fix [Peer(proxy).filter-inspect-env] closes cred-theft":
    "a change of another container is no edit of this one",
  "n11 possible gain host-root after fix": "a sentence, not a gain: it is what the first fix leaves, see the next row",
  "n11 minimal fix [HostConfig.Binds-=/var/run/docker.sock] closes host-root":
    "the peers are not known: one that holds an engine socket may remain, so the gain stays possible",
  "n15 minimal fix [HostConfig.Privileged=false] closes host-root":
    "dbusMediation is unknown: without it root on the system bus is root, so the gain stays possible",
  "n25 possible gain host-root": "toolkit 1.17.9 has the fix of CVE-2025-23266 (1.17.8)",
};

for (const scenario of scenarios) {
  describe(`${scenario.id} ${scenario.name}`, () => {
    const subject = subjectOf(scenario);
    const analysis = analyse(subject.workload, subject.host);
    for (const [clause, check] of clausesOf(scenario, subject, analysis)) {
      const name = `${scenario.id} ${clause}`;
      const argument = DISAGREEMENTS[name];
      test(argument === undefined ? clause : `${clause}: we disagree, because ${argument}`, () => {
        if (argument === undefined) {
          check();
        } else {
          assert.throws(check, `${name} holds now: take it off the list of disagreements`);
        }
      });
    }
  });
}

test("every disagreement is about a clause of the corpus", () => {
  const clauses = scenarios.flatMap((scenario) => {
    const subject = subjectOf(scenario);
    return clausesOf(scenario, subject, analyse(subject.workload, subject.host)).map(
      ([clause]) => `${scenario.id} ${clause}`,
    );
  });
  assert.deepEqual(
    Object.keys(DISAGREEMENTS).filter((name) => !clauses.includes(name)),
    [],
  );
});

/** The scenario as the command reads it: a create request and a file of host facts. */
function subjectOf(scenario: Scenario): Subject {
  const { workloads, problems } = readCreateRequest({
    text: JSON.stringify(scenario.config),
    uri: `${scenario.id}.json`,
    hasLines: false,
  });
  const [workload] = workloads;
  assert.ok(workload !== undefined && workloads.length === 1, JSON.stringify(problems));
  assert.deepEqual(
    problems.filter(({ severity }) => severity === "error"),
    [],
  );
  // Peers and the pod are written beside the facts in the corpus; they are keys of the same file.
  const { peers, k8s } = scenario;
  const facts = { ...scenario.hostFacts, ...(peers !== undefined && { peers }), ...(k8s !== undefined && { k8s }) };
  const { values } = readHostFacts(JSON.stringify(facts), "host-facts.json");
  return { workload, host: hostOf(values) };
}

type Clause = readonly [name: string, check: () => void];

function clausesOf(scenario: Scenario, subject: Subject, analysis: Analysis): readonly Clause[] {
  return [
    ...gainClauses(scenario, analysis),
    ...reportClauses(scenario, analysis),
    ...fixClauses(scenario, subject),
    ["our own fixes close what they claim", () => checkOwnFixes(subject, analysis)],
  ];
}

function gainClauses(scenario: Scenario, analysis: Analysis): readonly Clause[] {
  const { expectedGains, possibleGains = [], mustNotGain } = scenario;
  const gains = new Map(analysis.gains.map((gain) => [gain.gain, gain]));
  const mayBePossible = new Set(possibleGains.map(({ gain }) => gain));
  return [
    ...expectedGains.map(
      (gain): Clause => [
        `gain ${gain}`,
        () => {
          const found = gains.get(gain);
          const certainty = found?.certainty ?? "none";
          assert.ok(
            certainty === "yes" || (mayBePossible.has(gain) && certainty === "possible"),
            `${certainty}, decided by ${found?.decidedBy.join(", ")}`,
          );
        },
      ],
    ),
    ...mustNotGain.map(
      (gain): Clause => [
        `no certain gain ${gain}`,
        () => assert.notEqual(gains.get(gain)?.certainty, "yes", `by ${gains.get(gain)?.techniques.join(", ")}`),
      ],
    ),
    ...possibleGains.map(
      ({ gain }): Clause => [
        `possible gain ${gain}`,
        () => {
          const found = gains.get(gain);
          assert.ok(found !== undefined, "not shown");
          assert.ok(found.certainty === "yes" || found.decidedBy.length > 0, "no fact is named that decides");
        },
      ],
    ),
  ];
}

function reportClauses(scenario: Scenario, analysis: Analysis): readonly Clause[] {
  const reported = new Set([
    ...[...analysis.reached.applies].filter(([, known]) => known !== "no").map(([technique]) => technique.id),
    ...applyChecks(CHECKS, analysis.facts, analysis.host).map(({ check }) => check.id),
  ]);
  return [
    ...scenario.mustReport.map((id): Clause => [`reports ${id}`, () => assert.ok(reported.has(id), "not reported")]),
    // `mustNotGain` names techniques too: `privileged-flag` of s27.
    ...scenario.mustNotGain
      .filter((id) => /^[a-z-]+$/.test(id))
      .map(
        (id): Clause => [
          `does not report ${id} for certain`,
          () => assert.ok(!certainTechniques(analysis).has(id), "reported"),
        ],
      ),
  ];
}

const certainTechniques = (analysis: Analysis): ReadonlySet<string> =>
  new Set([...analysis.reached.applies].filter(([, known]) => known === "yes").map(([technique]) => technique.id));

function fixClauses(scenario: Scenario, subject: Subject): readonly Clause[] {
  const { goal, minimalFixes, wrongFixes = [], conditionalFixes = [], refusedEdits = [] } = scenario;
  const clauses = (
    word: string,
    effect: (goal: string) => string,
    fixes: readonly Edits[],
    check: (left: Known, deciding: readonly string[]) => void,
  ) =>
    fixes.flatMap((edits) =>
      goal.map(
        (gain): Clause => [
          `${word} [${edits.join(" & ")}] ${effect(gain)}`,
          () => {
            const after = evaluateSubject(applyScenarioEdits(subject, edits));
            check(after.gains.get(gain) ?? "no", after.deciding(gain));
          },
        ],
      ),
    );
  return [
    ...clauses(
      "minimal fix",
      (gain) => `closes ${gain}`,
      minimalFixes,
      (left, deciding) => assert.equal(left, "no", `decided by ${deciding.join(", ")}`),
    ),
    ...clauses(
      "wrong fix",
      (gain) => `leaves ${gain}`,
      wrongFixes,
      (left) => assert.notEqual(left, "no"),
    ),
    // Whether it closes depends on a fact that the scenario leaves open, so it may not stay certain.
    ...clauses(
      "conditional fix",
      (gain) => `leaves ${gain} uncertain at most`,
      conditionalFixes.map(({ edit }) => edit),
      (left) => assert.notEqual(left, "yes"),
    ),
    ...refusedEdits.map(
      (edits): Clause => [
        `the engine refuses [${edits.join(" & ")}]`,
        () => assert.ok(engineRefusal(applyScenarioEdits(subject, edits)) !== undefined),
      ],
    ),
  ];
}

/** What the edits of a pod and of its kubelet change in the request that the kubelet then makes. */
const POD_EDITS: Readonly<Record<string, string>> = {
  "k8s.seccompProfile=RuntimeDefault": "HostConfig.SecurityOpt-=seccomp=unconfined",
  "kubelet.seccompDefault=true": "HostConfig.SecurityOpt-=seccomp=unconfined",
};

const applyScenarioEdits = (subject: Subject, edits: Edits): Subject =>
  applyEdits(
    subject,
    edits.map((edit) => POD_EDITS[edit] ?? edit),
  );

/** What the audit itself proposes, applied and evaluated anew. */
function checkOwnFixes(subject: Subject, analysis: Analysis): void {
  const { goal, fixes } = findFixes(subject.workload, subject.host, analysis);
  for (const { changes, closes, kind } of fixes) {
    const edits = changes.map(({ edit }) => edit);
    const edited = applyEdits(subject, edits);
    const { gains } = evaluateSubject(edited);
    assert.ok(goal !== undefined);
    assert.deepEqual(
      closes.filter((gain) => gains.has(gain)),
      [],
      edits.join(" & "),
    );
    if (kind !== "replacement") {
      // A replacement claims only what stands in `closes`.
      assert.equal(gains.get(goal) ?? "no", kind === "closing" ? "no" : "unknown", edits.join(" & "));
    }
    assert.equal(engineRefusal(edited), undefined, `${edits.join(" & ")} makes the engine refuse the container`);
  }
}
