import { knownIn, knownOf, LEVEL, type Leaf, Remembered, type View, witnesses } from "../facts/index.ts";
import { type Gain, gainRank } from "../findings/index.ts";
import type { Applied, Fixpoint, Verdict } from "./fixpoint.ts";
import { type Proof, type ProofStep, Prover } from "./prove.ts";

/** A proof, and what a reader wants to know of it before the steps. */
export interface ExplainedProof extends Proof {
  /** ATT&CK ids of its steps, in order. */
  readonly attack: readonly string[];
  /** The unknown facts that it rests on; empty when it is certain. */
  readonly decidedBy: readonly string[];
}

/** The best way in which a technique applies. */
export interface Support {
  readonly leaves: readonly Leaf[];
  /** The identity that it applies to, by its place. */
  readonly identity: number;
}

/** Why a verdict is as it is; the same for all containers that are alike. */
export interface Explanation {
  /** The worst first. */
  readonly gains: readonly Gain[];
  /** By gain: the certain ones first, then the shortest. */
  readonly proofs: ReadonlyMap<string, readonly ExplainedProof[]>;
  /** By technique. */
  readonly support: ReadonlyMap<Applied, Support>;
}

/** Explanations that are kept for each verdict: alternatives that the verdict did not look at may differ. */
const EXPLANATIONS_MAX = 4;

const explanations = new WeakMap<Verdict, Remembered<Explanation>>();

const explained = new WeakMap<Fixpoint, Explanation>();

/** Explains a verdict: gains with their techniques, proofs, and the best support of every technique. */
export function explain(reached: Fixpoint): Explanation {
  let explanation = explained.get(reached);
  if (explanation === undefined) {
    const { verdict, views } = reached;
    let known = explanations.get(verdict);
    if (known === undefined) {
      known = new Remembered(EXPLANATIONS_MAX);
      explanations.set(verdict, known);
    }
    explanation = known.get(views, (asked) => makeExplanation(verdict, asked), verdict.answers);
    explained.set(reached, explanation);
  }
  return explanation;
}

function makeExplanation(verdict: Verdict, views: readonly View[]): Explanation {
  const prover = new Prover(verdict, views);
  const ranked = [...verdict.gains].sort(([left], [right]) => gainRank(left) - gainRank(right));
  // Possible gains first: a chain that is found on the way to another gain is kept for its own.
  const ordered = [...ranked].sort(([, left], [, right]) => Number(left === "yes") - Number(right === "yes"));
  const proofs = new Map(
    ordered.map(([gain]) => [gain, prover.proofs(gain).map((proof) => explainedProof(proof, views))]),
  );
  const producers = producersOf(verdict);
  const gains = ranked.map(
    ([gain, known]): Gain => ({
      gain,
      certainty: known === "yes" ? "yes" : "possible",
      techniques: producers.get(gain) ?? [],
      decidedBy: known === "yes" ? [] : (proofs.get(gain)?.[0]?.decidedBy ?? []),
    }),
  );
  const support = new Map(verdict.applied.map((applied) => [applied, supportOf(applied, verdict, views)]));
  return { gains, proofs, support };
}

/** For each gain the techniques that reach it as surely as it is reached. */
function producersOf(verdict: Verdict): ReadonlyMap<string, readonly string[]> {
  const producers = new Map<string, string[]>();
  for (const { technique, level } of verdict.applied) {
    const known = knownOf(level);
    for (const gain of technique.gains) {
      if (verdict.gains.get(gain) === known) {
        const ids = producers.get(gain);
        ids === undefined ? producers.set(gain, [technique.id]) : ids.push(technique.id);
      }
    }
  }
  return producers;
}

const explainedProof = (proof: Proof, views: readonly View[]): ExplainedProof => ({
  ...proof,
  attack: [...new Set(proof.steps.flatMap(({ technique }) => technique.attack))],
  decidedBy: proof.level === LEVEL.yes ? [] : decidingFacts(proof.steps, views),
});

/** The leaves of a proof that are unknown, and how its identity is reached where that is unknown. */
function decidingFacts(steps: readonly ProofStep[], views: readonly View[]): readonly string[] {
  const facts = steps.flatMap(({ leaves, identity }) => {
    const view = views[identity] as View;
    const unknown = leaves.flatMap((leaf) =>
      leaf.kind !== "gained" && knownIn(leaf.fact, view) === "unknown" ? [leaf.fact.id] : [],
    );
    return view.reachable === LEVEL.unknown ? [...unknown, "setuid.gives-root"] : unknown;
  });
  return [...new Set(facts)];
}

function supportOf({ needs }: Applied, { state }: Verdict, views: readonly View[]): Support {
  let best: { readonly level: number; readonly leaves: readonly Leaf[]; readonly identity: number } | undefined;
  for (const [identity, view] of views.entries()) {
    const witness = view.reachable === LEVEL.no ? undefined : witnesses(needs, view, state, 1)[0];
    if (witness !== undefined && (best === undefined || witness.level > best.level)) {
      best = { ...witness, identity };
    }
  }
  return { leaves: best?.leaves ?? [], identity: best?.identity ?? 0 };
}
