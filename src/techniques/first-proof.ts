import { addFirstWitness, gainNumber, LEVEL, type Leaf, levelOf, Remembered, type View } from "../facts/index.ts";
import type { Applied, Fixpoint, Verdict } from "./fixpoint.ts";
import type { ProofStep } from "./prove.ts";

/** Proofs that are kept for each verdict and gain. */
const PROOFS_MAX = 4;

const proofs = new WeakMap<Verdict, Map<string, Remembered<readonly ProofStep[] | undefined>>>();

/**
 * Some proof of a gain, as sure as the gain is: not the shortest, but found without listing the others. The search for
 * fixes asks for hundreds of them. `undefined` when the gain is not held.
 */
export function firstProof({ verdict, views }: Fixpoint, gain: string): readonly ProofStep[] | undefined {
  let ofVerdict = proofs.get(verdict);
  if (ofVerdict === undefined) {
    ofVerdict = new Map();
    proofs.set(verdict, ofVerdict);
  }
  let known = ofVerdict.get(gain);
  if (known === undefined) {
    known = new Remembered(PROOFS_MAX);
    ofVerdict.set(gain, known);
  }
  return known.get(views, (asked) => prove(verdict, asked, gain, new Set()), verdict.answers);
}

function prove(
  verdict: Verdict,
  views: readonly View[],
  gain: string,
  open: Set<string>,
): readonly ProofStep[] | undefined {
  const wanted = verdict.state[gainNumber(gain)] ?? LEVEL.no;
  if (wanted === LEVEL.no || open.has(gain)) {
    return undefined;
  }
  open.add(gain);
  let found: readonly ProofStep[] | undefined;
  for (const applied of verdict.applied) {
    if (applied.level === wanted && applied.technique.gains.includes(gain)) {
      found = proveBy(verdict, views, applied, wanted, open);
      if (found !== undefined) {
        break;
      }
    }
  }
  open.delete(gain);
  return found;
}

function proveBy(
  verdict: Verdict,
  views: readonly View[],
  { technique, needs }: Applied,
  wanted: number,
  open: Set<string>,
): readonly ProofStep[] | undefined {
  for (const [identity, view] of views.entries()) {
    const level = Math.min(levelOf(needs, view, verdict.state), view.reachable);
    if (level === LEVEL.no || (wanted === LEVEL.yes && level !== LEVEL.yes)) {
      continue;
    }
    const leaves: Leaf[] = [];
    addFirstWitness(needs, view, verdict.state, leaves);
    const steps: ProofStep[] = [];
    const complete = leaves.every((leaf) => {
      const earlier = leaf.kind === "gained" ? prove(verdict, views, leaf.gain, open) : [];
      steps.push(...(earlier ?? []));
      return earlier !== undefined;
    });
    if (complete) {
      return [...steps, { technique, leaves, identity }];
    }
  }
  return undefined;
}
