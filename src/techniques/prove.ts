import { invariant } from "../base/index.ts";
import {
  and,
  type Fact,
  type HostFacts,
  type HostSwitch,
  type HostValues,
  hostSwitch,
  isWritten,
  type Known,
  knownIn,
  type Leaf,
  PRESUMPTIONS,
  type View,
  type Witness,
  witnesses,
} from "../facts/index.ts";
import type { EscapePath, Evidence, Step } from "../findings/index.ts";
import type { Fixpoint } from "./fixpoint.ts";
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
  readonly known: Exclude<Known, "no">;
  readonly steps: readonly ProofStep[];
  readonly view: View;
}

/** One technique of a proof and the leaves of its precondition that hold. */
export interface ProofStep {
  readonly technique: Technique;
  readonly leaves: readonly Leaf[];
  readonly view: View;
}

/** Finds the proofs of gains in a finished fixpoint: the certain ones first, then the shortest. Bounded. */
export class Prover {
  readonly #fixpoint: Fixpoint;
  readonly #proofs = new Map<string, readonly Proof[]>();
  readonly #open = new Set<string>();
  readonly #producers = new Map<string, Technique[]>();

  constructor(fixpoint: Fixpoint) {
    this.#fixpoint = fixpoint;
    for (const technique of fixpoint.applies.keys()) {
      for (const gain of technique.gains) {
        const producers = this.#producers.get(gain);
        producers === undefined ? this.#producers.set(gain, [technique]) : producers.push(technique);
      }
    }
  }

  /** The proofs of one gain, at most {@link PATHS_PER_GAIN_MAX}. Empty when it is not gained. */
  proofs(gain: string): readonly Proof[] {
    const found = this.#proofs.get(gain);
    if (found !== undefined) {
      return found;
    }
    if (this.#open.has(gain)) {
      return []; // a chain that needs its own end proves nothing
    }
    this.#open.add(gain);
    const proofs = (this.#producers.get(gain) ?? [])
      .flatMap((technique) => this.#proofsBy(technique, gain))
      .filter((proof) => proof.steps.length <= STEPS_PER_PATH_MAX)
      .sort(compareProofs);
    this.#open.delete(gain);
    const kept = distinct(proofs).slice(0, PATHS_PER_GAIN_MAX);
    if (this.#open.size === 0 || kept.length > 0) {
      this.#proofs.set(gain, kept);
    }
    return kept;
  }

  #proofsBy(technique: Technique, gain: string): Proof[] {
    const state = (name: string): Known => this.#fixpoint.gains.get(name) ?? "no";
    return this.#fixpoint.views.flatMap((view) => {
      if (view.identity.reachable === "no") {
        return [];
      }
      return witnesses(technique.needs, view, state, WITNESSES_MAX).flatMap((witness) =>
        this.#expand(technique, gain, view, witness),
      );
    });
  }

  /** Puts the proofs of the gains that a witness builds on before it. */
  #expand(technique: Technique, gain: string, view: View, witness: Witness): Proof[] {
    const last: ProofStep = { technique, leaves: witness.leaves, view };
    const known = and(witness.known, view.identity.reachable) === "yes" ? "yes" : "unknown";
    let chains: Proof[] = [{ gain, known, steps: [], view }];
    for (const leaf of witness.leaves) {
      if (leaf.kind !== "gained") {
        continue;
      }
      const earlier = this.proofs(leaf.gain);
      chains = chains
        .flatMap((chain) =>
          earlier.map(
            (proof): Proof => ({
              gain,
              known: chain.known === "yes" ? proof.known : "unknown",
              steps: [
                ...chain.steps,
                ...proof.steps.filter((step) => !chain.steps.some((other) => other.technique === step.technique)),
              ],
              view,
            }),
          ),
        )
        .sort(compareProofs)
        .slice(0, PATHS_PER_GAIN_MAX);
    }
    return chains
      .filter((chain) => !chain.steps.some((step) => step.technique === technique))
      .map((chain) => ({ ...chain, steps: [...chain.steps, last] }));
  }
}

function compareProofs(left: Proof, right: Proof): number {
  if (left.known !== right.known) {
    return left.known === "yes" ? -1 : 1;
  }
  return left.steps.length - right.steps.length || leafCount(left) - leafCount(right);
}

const leafCount = (proof: Proof): number => proof.steps.reduce((sum, step) => sum + step.leaves.length, 0);

/** Of proofs with the same techniques in the same order, the best. */
function distinct(proofs: readonly Proof[]): Proof[] {
  const seen = new Set<string>();
  return proofs.filter((proof) => {
    const key = proof.steps.map((step) => step.technique.id).join(">");
    const fresh = !seen.has(key);
    seen.add(key);
    return fresh;
  });
}

/** Writes a proof out: every leaf with its value and the place where it was written. */
export function escapePath(proof: Proof): EscapePath {
  const steps = proof.steps.map(writtenStep);
  const decidedBy = proof.known === "yes" ? [] : decidingFacts(proof);
  return {
    gain: proof.gain,
    certainty: proof.known === "yes" ? "yes" : "possible",
    attack: [...new Set(proof.steps.flatMap((step) => step.technique.attack))],
    steps,
    identity: proof.view.identity.name,
    decidedBy,
  };
}

/** Steps are shared between proofs; each is written out once. */
const writtenSteps = new WeakMap<ProofStep, Step>();

function writtenStep(step: ProofStep): Step {
  let written = writtenSteps.get(step);
  if (written === undefined) {
    written = stepOf(step);
    writtenSteps.set(step, written);
  }
  return written;
}

/** What the leaves of techniques look like in one view; most leaves stand in many techniques. */
const writtenEvidence = new WeakMap<View, Map<Leaf, Evidence>>();

function evidenceIn(leaf: Extract<Leaf, { fact: Fact }>, view: View): Evidence {
  let ofView = writtenEvidence.get(view);
  if (ofView === undefined) {
    ofView = new Map();
    writtenEvidence.set(view, ofView);
  }
  let written = ofView.get(leaf);
  if (written === undefined) {
    written = evidenceOf(leaf, view);
    ofView.set(leaf, written);
  }
  return written;
}

function stepOf({ technique, leaves, view }: ProofStep): Step {
  return {
    technique: technique.id,
    because: leaves.flatMap((leaf) => (leaf.kind === "gained" ? [] : [evidenceIn(leaf, view)])),
    uses: leaves.flatMap((leaf) => (leaf.kind === "gained" ? [leaf.gain] : [])),
    gains: technique.gains,
  };
}

function evidenceOf(leaf: Extract<Leaf, { fact: Fact }>, view: View): Evidence {
  const known = knownIn(leaf.fact, view);
  const fields = leaf.fact.from(view);
  const presumed = fields.some((field) => isPresumed(field, view.host));
  return {
    fact: leaf.kind === "not" ? `not ${leaf.fact.id}` : leaf.fact.id,
    known: leaf.kind === "not" ? (known === "yes" ? "no" : known === "no" ? "yes" : "unknown") : known,
    from: placeOf(fields, view),
    ...(presumed ? { presumed: true as const } : {}),
  };
}

/** The fields behind the best way in which a technique applies, and the identity that it applies to. */
export function witnessOf(technique: Technique, reached: Fixpoint): { fields: readonly string[]; view: View } {
  const state = (gain: string): Known => reached.gains.get(gain) ?? "no";
  let best: { known: Known; fields: readonly string[]; view: View } | undefined;
  for (const view of reached.views) {
    const witness = view.identity.reachable === "no" ? undefined : witnesses(technique.needs, view, state, 1)[0];
    if (witness !== undefined && (best === undefined || (best.known !== "yes" && witness.known === "yes"))) {
      const fields = witness.leaves.flatMap((leaf) => (leaf.kind === "gained" ? [] : leaf.fact.from(view)));
      best = { known: witness.known, fields, view };
    }
  }
  const view = reached.views[0];
  invariant(view !== undefined, "a container starts as somebody");
  return best ?? { fields: [], view };
}

/** The place of the field that decided: the first that is written, else the first. */
export function placeOf(fields: readonly string[], view: View) {
  const { workload } = view.container;
  const field = fields.find((name) => isWritten(workload, name)) ?? fields[0];
  if (field === undefined) {
    return workload.source;
  }
  return field.startsWith("host.") ? view.host.where(field.slice(5) as keyof HostValues) : workload.where(field);
}

function isPresumed(field: string, host: HostFacts): boolean {
  if (!field.startsWith("host.")) {
    return false;
  }
  const key = field.slice(5) as HostSwitch;
  return host.values[key] === undefined && PRESUMPTIONS[key] !== undefined && hostSwitch(host, key) !== "unknown";
}

/** The leaves of a proof that are unknown, and how its identity is reached where that is unknown. */
function decidingFacts(proof: Proof): string[] {
  const facts = proof.steps.flatMap((step) => {
    const unknown = step.leaves.flatMap((leaf) =>
      leaf.kind !== "gained" && knownIn(leaf.fact, step.view) === "unknown" ? [leaf.fact.id] : [],
    );
    return step.view.identity.reachable === "unknown" ? [...unknown, "setuid.gives-root"] : unknown;
  });
  return [...new Set(facts)];
}
