import { type ContainerFacts, compiled, type HostFacts, LEVEL, NO_GAINS, viewOf, witnesses } from "../facts/index.ts";
import type { Certainty } from "../findings/index.ts";
import type { Check } from "./check.ts";

/** A check that reports, and what it rests on. */
export interface AppliedCheck {
  readonly check: Check;
  readonly certainty: Certainty;
  /** The fields that decided, then the one that the check itself points to. */
  readonly fields: readonly string[];
}

/**
 * Asks every check of a container, as the user that it starts as; checks neither give gains nor wait for any. Who else
 * that user can become is a question for the techniques. Containers of pods have rules of their own (src/checks/pods):
 * these here speak Docker's language.
 */
export function applyChecks(
  checks: readonly Check[],
  container: ContainerFacts,
  host: HostFacts,
): readonly AppliedCheck[] {
  const identity = container.identities[0];
  if (identity === undefined || container.workload.kind === "pod") {
    return [];
  }
  const view = viewOf(container, host, identity);
  return checks.flatMap((check) => {
    const witness = witnesses(compiled(check.needs), view, NO_GAINS, 1)[0];
    if (witness === undefined) {
      return [];
    }
    const { level, leaves } = witness;
    const decided = leaves.flatMap((leaf) => (leaf.kind === "gained" ? [] : leaf.fact.from(view)));
    return [
      {
        check,
        certainty: level === LEVEL.yes ? ("yes" as const) : ("possible" as const),
        fields: [...new Set([...decided, check.field])],
      },
    ];
  });
}
