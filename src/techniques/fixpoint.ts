import {
  and,
  type ContainerFacts,
  compiled,
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

/** A technique made ready: its precondition as a function. */
interface Ready {
  readonly technique: Technique;
  readonly holds: ReturnType<typeof compiled>;
}

/** Techniques, and for each gain those that wait for it. */
interface Ordered {
  readonly all: readonly Ready[];
  readonly waiting: ReadonlyMap<string, readonly Ready[]>;
}

const orderedLists = new WeakMap<readonly Technique[], Ordered>();

function order(techniques: readonly Technique[]): Ordered {
  let ordered = orderedLists.get(techniques);
  if (ordered === undefined) {
    const all = techniques.map((technique): Ready => ({ technique, holds: compiled(technique.needs) }));
    const waiting = new Map<string, Ready[]>();
    for (const ready of all) {
      for (const gain of new Set(gainsOf(ready.technique.needs))) {
        waiting.set(gain, [...(waiting.get(gain) ?? []), ready]);
      }
    }
    ordered = { all, waiting };
    orderedLists.set(techniques, ordered);
  }
  return ordered;
}

/**
 * Applies techniques until nothing new is gained. Gains only grow from `no` to `unknown` to `yes`, and no expression
 * negates one: a technique is looked at once, and again whenever a gain that it waits for has grown, which happens at
 * most twice for each gain.
 */
export function fixpoint(techniques: readonly Technique[], container: ContainerFacts, host: HostFacts): Fixpoint {
  const views = container.identities.map((identity) => viewOf(container, host, identity));
  const gains = new Map<string, Exclude<Known, "no">>();
  const applies = new Map<Technique, Known>();
  const state = (gain: string): Known => gains.get(gain) ?? "no";
  const { all, waiting } = order(techniques);
  const again: Ready[] = [];
  const visit = ({ technique, holds }: Ready): void => {
    let value: Known = "no";
    for (const view of views) {
      value = or(value, and(holds(view, state), view.identity.reachable));
    }
    if (value === "no" || value === applies.get(technique)) {
      return;
    }
    applies.set(technique, value);
    for (const gain of technique.gains) {
      const grown = value === "yes" ? "yes" : (gains.get(gain) ?? "unknown");
      if (gains.get(gain) !== grown) {
        gains.set(gain, grown);
        again.push(...(waiting.get(gain) ?? []));
      }
    }
  };
  for (const ready of all) {
    visit(ready);
  }
  for (let ready = again.pop(); ready !== undefined; ready = again.pop()) {
    visit(ready);
  }
  return { gains, applies, views };
}
