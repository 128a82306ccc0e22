import { type ContainerFacts, deriveContainerFacts, type HostFacts, knownOf, type Workload } from "../facts/index.ts";
import { type EscapePath, type Gain, gainRank } from "../findings/index.ts";
import { escapePath, type Fixpoint, fixpoint, type Proof, Prover, techniquesFor } from "../techniques/index.ts";

/** Facts, gains and proofs of one workload on one host. */
export interface Analysis {
  readonly facts: ContainerFacts;
  readonly host: HostFacts;
  readonly reached: Fixpoint;
  /** The worst first. */
  readonly gains: readonly Gain[];
  /** Proofs of a gain, the certain and short ones first. Computed when asked for. */
  readonly proofs: (gain: string) => readonly Proof[];
}

/** Derives the facts of a workload and everything that follows from them. Pure. */
export function analyse(workload: Workload, host: HostFacts): Analysis {
  const facts = deriveContainerFacts(workload, host);
  const reached = fixpoint(techniquesFor(workload), facts, host);
  const prover = new Prover(reached);
  const proofs = (gain: string) => prover.proofs(gain);
  const producers = producersOf(reached);
  const gains = [...reached.gains]
    .sort(([left], [right]) => gainRank(left) - gainRank(right))
    .map(
      ([gain, known]): Gain => ({
        gain,
        certainty: known === "yes" ? "yes" : "possible",
        techniques: producers.get(gain) ?? [],
        decidedBy: known === "yes" ? [] : decidedBy(proofs(gain)),
      }),
    );
  return { facts, host, reached, gains, proofs };
}

/** For each gain the techniques that reach it as surely as it is reached. */
function producersOf(reached: Fixpoint): ReadonlyMap<string, readonly string[]> {
  const producers = new Map<string, string[]>();
  for (const { technique, level } of reached.applied) {
    const known = knownOf(level);
    for (const gain of technique.gains) {
      if (reached.gains.get(gain) === known) {
        const ids = producers.get(gain);
        ids === undefined ? producers.set(gain, [technique.id]) : ids.push(technique.id);
      }
    }
  }
  return producers;
}

function decidedBy(proofs: readonly Proof[]): readonly string[] {
  const first = proofs[0];
  return first === undefined ? [] : escapePath(first).decidedBy;
}

/** The written-out proofs of every gain, by gain, the worst gain first. */
export function pathsOf(analysis: Analysis): readonly EscapePath[] {
  return analysis.gains.flatMap(({ gain }) => analysis.proofs(gain).map(escapePath));
}
