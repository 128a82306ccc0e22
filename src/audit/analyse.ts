import { type ContainerFacts, deriveContainerFacts, type HostFacts, type Workload } from "../facts/index.ts";
import type { EscapePath, Gain } from "../findings/index.ts";
import {
  type ExplainedProof,
  escapePath,
  explain,
  type Fixpoint,
  fixpoint,
  techniquesFor,
} from "../techniques/index.ts";

/** Facts, gains and proofs of one workload on one host. */
export interface Analysis {
  readonly facts: ContainerFacts;
  readonly host: HostFacts;
  readonly reached: Fixpoint;
  /** The worst first. */
  readonly gains: readonly Gain[];
  /** Proofs of a gain, the certain and short ones first; empty when it is not held. */
  readonly proofs: (gain: string) => readonly ExplainedProof[];
}

/** Derives the facts of a workload and everything that follows from them. Pure. */
export function analyse(workload: Workload, host: HostFacts): Analysis {
  const facts = deriveContainerFacts(workload, host);
  const reached = fixpoint(techniquesFor(workload), facts, host);
  const { gains, proofs } = explain(reached);
  return { facts, host, reached, gains, proofs: (gain) => proofs.get(gain) ?? [] };
}

/** The written-out proofs of every gain, by gain, the worst gain first. */
export function pathsOf({ gains, proofs, reached }: Analysis): readonly EscapePath[] {
  return gains.flatMap(({ gain }) => proofs(gain).map((proof) => escapePath(proof, reached)));
}
