import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { deriveContainerFacts, type HostFacts, type Workload } from "../src/facts/index.ts";
import { escapePath, explain, fixpoint, TECHNIQUES, type Technique, witnessOf } from "../src/techniques/index.ts";
import { arbitraryConfig, arbitraryHost } from "./support/arbitrary-config.ts";
import { EXAMPLE_HOST, hostOf, workloadOf } from "./support/workload.ts";

/** Everything that is said of a container, in comparable form. */
function said(techniques: readonly Technique[], workload: Workload, host: HostFacts): unknown {
  const reached = fixpoint(techniques, deriveContainerFacts(workload, host), host);
  const { gains, proofs } = explain(reached);
  return {
    gains,
    applied: reached.applied.map((applied) => [
      applied.technique.id,
      applied.level,
      witnessOf(applied, reached).fields,
    ]),
    paths: gains.flatMap(({ gain }) => (proofs.get(gain) ?? []).map((proof) => escapePath(proof, reached))),
  };
}

test("what is remembered of other containers says the same as a fresh look", () => {
  fc.assert(
    fc.property(arbitraryConfig, arbitraryHost, (config, values) => {
      const host = hostOf(values);
      const workload = workloadOf(config);
      // A list of its own has no memory of earlier containers.
      assert.deepEqual(said(TECHNIQUES, workload, host), said([...TECHNIQUES], workload, host));
    }),
    { numRuns: 300 },
  );
});

test("two containers that differ in one name only give different places for the same verdict", () => {
  const host = hostOf(EXAMPLE_HOST);
  const reach = (source: string) => {
    const workload = workloadOf({ Config: {}, HostConfig: { Binds: ["/srv/a:/a", `${source}:/b`] } });
    return fixpoint(TECHNIQUES, deriveContainerFacts(workload, host), host);
  };
  assert.equal(reach("/srv/b").verdict, reach("/srv/c").verdict, "the same verdict");
  assert.notEqual(reach("/srv/b").verdict, reach("/etc").verdict, "another one where the path matters");
});
