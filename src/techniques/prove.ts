import { type GainState, LEVEL, type Leaf, type View, type Witness, witnesses } from "../facts/index.ts";
import type { Applied, Verdict } from "./fixpoint.ts";
import type { Technique } from "./technique.ts";

/** Most proofs that are kept for one gain. */
export const PATHS_PER_GAIN_MAX = 8;

/** Most ways through the alternatives of one precondition that are followed. */
const WITNESSES_MAX = 3;

/** Longest chain of techniques that a proof may have; the knowledge base's longest has five. */
export const STEPS_PER_PATH_MAX = 10;

/** A proof before it is written out for a reader. */
export interface Proof {
  readonly gain: string;
  /** `unknown` or `yes`. */
  readonly level: number;
  readonly steps: readonly ProofStep[];
  /** The identity of the last step, by its place. */
  readonly identity: number;
}

/** One technique of a proof and the leaves of its precondition that hold. */
export interface ProofStep {
  readonly technique: Technique;
  readonly leaves: readonly Leaf[];
  /** The identity that it applies to, by its place among the container's. */
  readonly identity: number;
}

/** A proof under construction: what the order of proofs looks at is counted along the way. */
interface Chain {
  readonly level: number;
  readonly steps: readonly ProofStep[];
  readonly leaves: number;
  /** The techniques in order, one character each. */
  readonly techniques: string;
}

/** One way in which a technique applies. */
interface Way {
  readonly step: ProofStep;
  readonly level: number;
}

const NOTHING: Chain = { level: LEVEL.yes, steps: [], leaves: 0, techniques: "" };

/** Finds the proofs of gains in a finished fixpoint: the certain ones first, then the shortest. Bounded. */
export class Prover {
  readonly #views: readonly View[];
  readonly #state: GainState;
  readonly #applied: readonly Applied[];
  /** For each technique that applies, in the same order, how; found when asked for. */
  readonly #ways: (readonly Way[] | undefined)[] = [];
  readonly #chains = new Map<string, readonly Chain[]>();
  readonly #proofs = new Map<string, readonly Proof[]>();
  readonly #open = new Set<string>();
  /** For each gain the places of the techniques that give it. */
  readonly #producers = new Map<string, number[]>();

  constructor({ state, applied }: Verdict, views: readonly View[]) {
    this.#views = views;
    this.#state = state;
    this.#applied = applied;
    for (const [place, { technique }] of applied.entries()) {
      for (const gain of technique.gains) {
        const producers = this.#producers.get(gain);
        producers === undefined ? this.#producers.set(gain, [place]) : producers.push(place);
      }
    }
  }

  /** The proofs of one gain, at most {@link PATHS_PER_GAIN_MAX}. Empty when it is not gained. */
  proofs(gain: string): readonly Proof[] {
    let proofs = this.#proofs.get(gain);
    if (proofs === undefined) {
      proofs = this.#chainsOf(gain).map(({ level, steps }): Proof => {
        const last = steps.at(-1) as ProofStep;
        return { gain, level, steps, identity: last.identity };
      });
      this.#proofs.set(gain, proofs);
    }
    return proofs;
  }

  #chainsOf(gain: string): readonly Chain[] {
    const found = this.#chains.get(gain);
    if (found !== undefined) {
      return found;
    }
    if (this.#open.has(gain)) {
      return []; // a chain that needs its own end proves nothing
    }
    this.#open.add(gain);
    const best = new BestChains();
    for (const place of this.#producers.get(gain) ?? []) {
      for (const way of this.#waysOf(place)) {
        this.#extend(way, String.fromCharCode(place), best);
      }
    }
    this.#open.delete(gain);
    if (this.#open.size === 0 || best.chains.length > 0) {
      this.#chains.set(gain, best.chains);
    }
    return best.chains;
  }

  #waysOf(place: number): readonly Way[] {
    let ways = this.#ways[place];
    if (ways === undefined) {
      const { technique, needs } = this.#applied[place] as Applied;
      ways = this.#views.flatMap((view, identity) =>
        view.reachable === LEVEL.no
          ? []
          : witnesses(needs, view, this.#state, WITNESSES_MAX).map((witness) =>
              wayOf(technique, identity, view.reachable, witness),
            ),
      );
      this.#ways[place] = ways;
    }
    return ways;
  }

  /** Puts the proofs of the gains that a step builds on before it. */
  #extend({ step, level }: Way, technique: string, into: BestChains): void {
    let chains: readonly Chain[] = [{ ...NOTHING, level }];
    for (const leaf of step.leaves) {
      if (leaf.kind === "gained") {
        chains = joined(chains, this.#chainsOf(leaf.gain));
      }
    }
    for (const chain of chains) {
      if (!chain.techniques.includes(technique)) {
        into.offer(chain, step, technique);
      }
    }
  }
}

function wayOf(technique: Technique, identity: number, reachable: number, witness: Witness): Way {
  return {
    step: { technique, leaves: witness.leaves, identity },
    level: Math.min(witness.level, reachable),
  };
}

/** Every chain followed by every other one, the best first. */
function joined(chains: readonly Chain[], earlier: readonly Chain[]): readonly Chain[] {
  return chains
    .flatMap((chain) => earlier.map((other) => followedBy(chain, other)))
    .sort(compareChains)
    .slice(0, PATHS_PER_GAIN_MAX);
}

function followedBy(chain: Chain, other: Chain): Chain {
  const level = Math.min(chain.level, other.level);
  if (chain.steps.length === 0) {
    return { ...other, level };
  }
  const steps = [...chain.steps];
  let { leaves, techniques } = chain;
  for (const [index, step] of other.steps.entries()) {
    const technique = other.techniques.charAt(index);
    if (!techniques.includes(technique)) {
      steps.push(step);
      leaves += step.leaves.length;
      techniques += technique;
    }
  }
  return { level, steps, leaves, techniques };
}

function compareChains(left: Chain, right: Chain): number {
  return right.level - left.level || left.steps.length - right.steps.length || left.leaves - right.leaves;
}

/** Of the chains with the same techniques in the same order the best, and of these the best few. */
class BestChains {
  readonly chains: Chain[] = [];

  /** A chain and the step that ends it. Of equals the one that came first is kept. */
  offer(chain: Chain, last: ProofStep, technique: string): void {
    const length = chain.steps.length + 1;
    const leaves = chain.leaves + last.leaves.length;
    const worst = this.chains.length < PATHS_PER_GAIN_MAX ? undefined : this.chains.at(-1);
    if (length > STEPS_PER_PATH_MAX || (worst !== undefined && !isBetter(chain.level, length, leaves, worst))) {
      return;
    }
    const techniques = chain.techniques + technique;
    const same = this.chains.findIndex((other) => other.techniques === techniques);
    if (same >= 0 && !isBetter(chain.level, length, leaves, this.chains[same] as Chain)) {
      return;
    }
    if (same >= 0) {
      this.chains.splice(same, 1);
    } else if (worst !== undefined) {
      this.chains.pop();
    }
    let at = this.chains.length;
    while (at > 0 && isBetter(chain.level, length, leaves, this.chains[at - 1] as Chain)) {
      at -= 1;
    }
    this.chains.splice(at, 0, { level: chain.level, steps: [...chain.steps, last], leaves, techniques });
  }
}

function isBetter(level: number, length: number, leaves: number, than: Chain): boolean {
  if (level !== than.level) {
    return level > than.level;
  }
  return length === than.steps.length ? leaves < than.leaves : length < than.steps.length;
}
