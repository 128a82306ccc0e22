import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { analyse, auditWorkload, evaluateSubject } from "../src/audit/index.ts";
import { type ContainerConfig, type HostFacts, type HostValues, UNKNOWN_HOST } from "../src/facts/index.ts";
import { gainKind } from "../src/findings/index.ts";
import { applyEdits, engineRefusal } from "../src/remedies/index.ts";
import {
  arbitraryConfig,
  arbitraryHost,
  arbitraryOrdinaryHost,
  arbitraryPrivilege,
  type Privilege,
} from "./support/arbitrary-config.ts";
import { hostOf, workloadOf } from "./support/workload.ts";

/** A run takes a millisecond; one with fixes and their parts ten to a hundred. */
const RUNS = 1_500;
const RUNS_WITH_FIXES = 120;

const SURENESS = { no: 0, unknown: 1, yes: 2 } as const;

const gainsOf = (config: ContainerConfig, host: HostFacts) => analyse(workloadOf(config), host).reached.gains;

/** Gains that end with the wall itself: there is nothing left to win. Everything else must stay. */
const ENDS_WITH: Readonly<Record<string, readonly string[]>> = {
  // Root has no root to become, and a capability that only widened the filter is no longer inert.
  "User=0": ["container-root", "kernel-attack-surface"],
  // No bind is read-only any more.
  "binds writable": ["ro-binds-become-rw"],
  // It leaves the bridge that it shared with others.
  "NetworkMode=host": ["peer-network-mitm"],
};

/** Gains that are less sure, or gone, although a privilege was added. */
function lostBy(privilege: Privilege, config: ContainerConfig, values: HostValues): readonly string[] {
  const host = hostOf(values);
  const before = gainsOf(config, host);
  const after = gainsOf(privilege.add(config), host);
  return [...before].flatMap(([gain, known]) => {
    const now = after.get(gain) ?? "no";
    return SURENESS[now] < SURENESS[known] && !ENDS_WITH[privilege.name]?.includes(gain)
      ? [`${gain}: ${known} -> ${now}`]
      : [];
  });
}

test("adding a privilege never removes a gain nor makes one less sure", () => {
  fc.assert(
    fc.property(arbitraryConfig, arbitraryHost, arbitraryPrivilege, (config, values, privilege) => {
      const lost = lostBy(privilege, config, values);
      assert.deepEqual(lost, [], `${privilege.name} on ${JSON.stringify(config)}, host ${JSON.stringify(values)}`);
    }),
    { numRuns: RUNS },
  );
});

test("every closing fix, applied, closes what it claims, and no part of it closes the goal", () => {
  fc.assert(
    fc.property(arbitraryConfig, arbitraryHost, (config, values) => {
      const workload = workloadOf(config);
      const host = hostOf(values);
      const { goal, fixes } = auditWorkload(workload, host, true);
      for (const { kind, changes, closes, remains } of fixes) {
        const edits = changes.map(({ edit }) => edit);
        const gainsAfter = (applied: readonly string[]) =>
          new Set(evaluateSubject(applyEdits({ workload, host }, applied)).gains.keys());
        const after = gainsAfter(edits);
        assert.deepEqual([...after].sort(), [...remains].sort());
        assert.deepEqual(
          closes.filter((gain) => after.has(gain)),
          [],
        );
        if (kind === "closing") {
          assert.ok(goal !== undefined && !after.has(goal), `${edits.join(", ")} leaves ${goal}`);
          for (const part of properParts(edits)) {
            assert.ok(gainsAfter(part).has(goal), `${part.join(", ")} closes ${goal}; ${edits.join(", ")} is too much`);
          }
        }
      }
    }),
    { numRuns: RUNS_WITH_FIXES },
  );
});

test("a fix never makes the engine refuse a container that it would have run", () => {
  fc.assert(
    fc.property(arbitraryConfig, arbitraryHost, (config, values) => {
      const subject = { workload: workloadOf(config), host: hostOf(values) };
      fc.pre(engineRefusal(subject) === undefined);
      for (const { changes } of auditWorkload(subject.workload, subject.host, true).fixes) {
        const edits = changes.map(({ edit }) => edit);
        assert.equal(engineRefusal(applyEdits(subject, edits)), undefined, edits.join(", "));
      }
    }),
    { numRuns: RUNS_WITH_FIXES },
  );
});

/** Every subset but the whole set. */
function properParts<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: 2 ** items.length - 1 }, (_, bits) => items.filter((__, index) => (bits >> index) & 1));
}

const DEFAULT_CONTAINER: ContainerConfig = { Config: { Image: "alpine:3.20" }, HostConfig: {} };

const overHost = (host: HostFacts) =>
  [...gainsOf(DEFAULT_CONTAINER, host).keys()].filter((gain) => gainKind(gain).overHost);

test("a default container has no gain over an ordinary host", () => {
  fc.assert(
    fc.property(arbitraryOrdinaryHost, (values) => {
      assert.deepEqual(overHost(hostOf(values)), []);
    }),
    { numRuns: RUNS },
  );
});

test("a default container has no gain over a host of which nothing is known", () => {
  assert.deepEqual(overHost(UNKNOWN_HOST), []);
});
