import { addFirstWitness, gainNumber, LEVEL, type Leaf } from "../facts/index.ts";
import type { Applied, Fixpoint } from "./fixpoint.ts";
import type { ProofStep } from "./prove.ts";

/**
 * Some proof of a gain, as sure as the gain is: not the shortest, but found without listing the others. The search for
 * fixes asks for hundreds of them. `undefined` when the gain is not held.
 */
export function firstProof(reached: Fixpoint, gain: string): readonly ProofStep[] | undefined {
  return prove(reached, gain, new Set());
}

function prove(reached: Fixpoint, gain: string, open: Set<string>): readonly ProofStep[] | undefined {
  const wanted = reached.state[gainNumber(gain)] ?? LEVEL.no;
  if (wanted === LEVEL.no || open.has(gain)) {
    return undefined;
  }
  open.add(gain);
  let found: readonly ProofStep[] | undefined;
  for (const applied of reached.applied) {
    if (applied.level === wanted && applied.technique.gains.includes(gain)) {
      found = proveBy(reached, applied, wanted, open);
      if (found !== undefined) {
        break;
      }
    }
  }
  open.delete(gain);
  return found;
}

function proveBy(
  reached: Fixpoint,
  { technique, needs }: Applied,
  wanted: number,
  open: Set<string>,
): readonly ProofStep[] | undefined {
  for (const view of reached.views) {
    const level = Math.min(needs.holds(view, reached.state), view.reachable);
    if (level === LEVEL.no || (wanted === LEVEL.yes && level !== LEVEL.yes)) {
      continue;
    }
    const leaves: Leaf[] = [];
    addFirstWitness(needs, view, reached.state, leaves);
    const steps: ProofStep[] = [];
    const complete = leaves.every((leaf) => {
      const earlier = leaf.kind === "gained" ? prove(reached, leaf.gain, open) : [];
      steps.push(...(earlier ?? []));
      return earlier !== undefined;
    });
    if (complete) {
      return [...steps, { technique, leaves, view }];
    }
  }
  return undefined;
}
