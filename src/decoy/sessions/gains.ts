import { deriveContainerFacts, UNKNOWN_HOST } from "../../facts/index.ts";
import { gainRank } from "../../findings/index.ts";
import { firstProof, fixpoint, TECHNIQUES } from "../../techniques/index.ts";
import type { Act, SceneContainer } from "./acts/index.ts";
import type { ContainerGains } from "./signs/index.ts";

/** Most containers of one visit that are analysed: a flood of creates says nothing new. */
export const ANALYSED_CONTAINERS_MAX = 200;

/** What each container of the visitor would have won over a host of which nothing is known. */
export function gainsOfContainers(acts: readonly Act[]): readonly ContainerGains[] {
  const containers = new Map<string, SceneContainer>();
  for (const { subject } of acts) {
    // The last one counts: an old engine learns the host configuration with the start.
    if (
      subject?.madeByVisitor === true &&
      subject.workload !== undefined &&
      (containers.has(subject.key) || containers.size < ANALYSED_CONTAINERS_MAX)
    ) {
      containers.set(subject.key, subject);
    }
  }
  return [...containers.values()].map(gainsOf);
}

function gainsOf(container: SceneContainer): ContainerGains {
  if (container.workload === undefined) {
    return { container, gains: [] };
  }
  const reached = fixpoint(TECHNIQUES, deriveContainerFacts(container.workload, UNKNOWN_HOST), UNKNOWN_HOST);
  const gains = [...reached.gains]
    .sort(([left], [right]) => gainRank(left) - gainRank(right))
    .map(([gain, known]) => ({
      gain,
      certainty: known === "yes" ? ("yes" as const) : ("possible" as const),
      techniques: [...new Set((firstProof(reached, gain) ?? []).map(({ technique }) => technique.id))],
    }));
  return { container, gains };
}
