import {
  and,
  type ContainerFacts,
  evaluate,
  gainsOf,
  type HostFacts,
  type Known,
  or,
  type View,
  viewOf,
} from "../facts/index.ts";
import type { Technique } from "./technique.ts";

/** How far a technique applies, joined over the identities that the process can be. */
export interface Fixpoint {
  /** Gains that are held for certain or possibly. */
  readonly gains: ReadonlyMap<string, Exclude<Known, "no">>;
  /** Techniques that apply for certain or possibly, in the order of the list. */
  readonly applies: ReadonlyMap<Technique, Known>;
  /** One view for every identity, the one that the container starts as first. */
  readonly views: readonly View[];
}

/** Techniques that wait for no gain, and those that do. */
interface Ordered {
  readonly direct: readonly Technique[];
  readonly derived: readonly Technique[];
}

const orderedLists = new WeakMap<readonly Technique[], Ordered>();

function order(techniques: readonly Technique[]): Ordered {
  let ordered = orderedLists.get(techniques);
  if (ordered === undefined) {
    const waits = (technique: Technique) => gainsOf(technique.needs).length > 0;
    ordered = { direct: techniques.filter((entry) => !waits(entry)), derived: techniques.filter(waits) };
    orderedLists.set(techniques, ordered);
  }
  return ordered;
}

/**
 * Applies techniques until nothing new is gained. Gains only grow from `no` to `unknown` to `yes`, and no expression
 * negates one, so every round either raises a value or is the last: at most 2 x gains + 1 rounds.
 */
export function fixpoint(techniques: readonly Technique[], container: ContainerFacts, host: HostFacts): Fixpoint {
  const views = container.identities.map((identity) => viewOf(container, host, identity));
  const gains = new Map<string, Exclude<Known, "no">>();
  const applies = new Map<Technique, Known>();
  const state = (gain: string): Known => gains.get(gain) ?? "no";
  const { direct, derived } = order(techniques);
  const visit = (technique: Technique): boolean => {
    const before = applies.get(technique) ?? "no";
    if (before === "yes") {
      return false;
    }
    let value: Known = before;
    for (const view of views) {
      value = or(value, and(evaluate(technique.needs, view, state), view.identity.reachable));
    }
    if (value === before) {
      return false;
    }
    applies.set(technique, value);
    for (const gain of technique.gains) {
      gains.set(gain, value === "yes" || gains.get(gain) === "yes" ? "yes" : "unknown");
    }
    return true;
  };
  direct.forEach(visit);
  while (derived.map(visit).includes(true)) {
    // every round raised some value
  }
  return { gains, applies, views };
}
