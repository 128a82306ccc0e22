import { and, type Expression, evaluate, type GainState, type Known, type Leaf, type View } from "../facts/index.ts";
import type { Fixpoint } from "./fixpoint.ts";
import type { ProofStep } from "./prove.ts";
import type { Technique } from "./technique.ts";

/**
 * Some proof of a gain, as sure as the gain is: not the shortest, but found without listing the others. The search for
 * fixes asks for hundreds of them. `undefined` when the gain is not held.
 */
export function firstProof(reached: Fixpoint, gain: string): readonly ProofStep[] | undefined {
  const state: GainState = (name) => reached.gains.get(name) ?? "no";
  return prove(reached, gain, state, new Set());
}

function prove(reached: Fixpoint, gain: string, state: GainState, open: Set<string>): readonly ProofStep[] | undefined {
  const wanted = state(gain);
  if (wanted === "no" || open.has(gain)) {
    return undefined;
  }
  open.add(gain);
  let found: readonly ProofStep[] | undefined;
  for (const [technique, known] of reached.applies) {
    if (known === wanted && technique.gains.includes(gain)) {
      found = proveBy(reached, technique, wanted, state, open);
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
  technique: Technique,
  wanted: Known,
  state: GainState,
  open: Set<string>,
): readonly ProofStep[] | undefined {
  for (const view of reached.views) {
    const value = and(evaluate(technique.needs, view, state), view.identity.reachable);
    if (value === "no" || (wanted === "yes" && value !== "yes")) {
      continue;
    }
    const leaves: Leaf[] = [];
    collectLeaves(technique.needs, view, state, leaves);
    const steps: ProofStep[] = [];
    const complete = leaves.every((leaf) => {
      const earlier = leaf.kind === "gained" ? prove(reached, leaf.gain, state, open) : [];
      steps.push(...(earlier ?? []));
      return earlier !== undefined;
    });
    if (complete) {
      return [...steps, { technique, leaves, view }];
    }
  }
  return undefined;
}

/** The leaves of the first way in which an expression is as true as it is. */
function collectLeaves(expression: Expression, view: View, state: GainState, into: Leaf[]): void {
  switch (expression.kind) {
    case "all":
      for (const part of expression.of) {
        collectLeaves(part, view, state, into);
      }
      return;
    case "any": {
      const value = evaluate(expression, view, state);
      const part = expression.of.find((other) => evaluate(other, view, state) === value);
      if (part !== undefined) {
        collectLeaves(part, view, state, into);
      }
      return;
    }
    default:
      into.push(expression);
  }
}
