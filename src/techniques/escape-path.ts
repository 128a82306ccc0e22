import { invariant } from "../base/index.ts";
import {
  fieldsOf,
  type HostFacts,
  type HostSwitch,
  hostSwitch,
  knownIn,
  LEVEL,
  type Leaf,
  PRESUMPTIONS,
  placeOf,
  type View,
  witnesses,
} from "../facts/index.ts";
import type { EscapePath, Evidence, Step } from "../findings/index.ts";
import type { Applied, Fixpoint } from "./fixpoint.ts";
import type { Proof, ProofStep } from "./prove.ts";

/** Writes a proof out: every leaf with its value and the place where it was written. */
export function escapePath({ gain, level, steps, view }: Proof): EscapePath {
  return {
    gain,
    certainty: level === LEVEL.yes ? "yes" : "possible",
    attack: attackOf(steps),
    steps: steps.map(writtenStep),
    identity: view.identity.name,
    decidedBy: level === LEVEL.yes ? [] : decidingFacts(steps),
  };
}

function attackOf(steps: readonly ProofStep[]): readonly string[] {
  const ids: string[] = [];
  for (const { technique } of steps) {
    for (const id of technique.attack) {
      if (!ids.includes(id)) {
        ids.push(id);
      }
    }
  }
  return ids;
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

function stepOf({ technique, leaves, view }: ProofStep): Step {
  const evidence = evidenceIn(view);
  const because: Evidence[] = [];
  const uses: string[] = [];
  for (const leaf of leaves) {
    if (leaf.kind === "gained") {
      uses.push(leaf.gain);
    } else {
      because.push(evidence(leaf));
    }
  }
  return { technique: technique.id, because, uses, gains: technique.gains };
}

type FactLeaf = Exclude<Leaf, { kind: "gained" }>;

/** What the leaves of techniques look like in one view; most leaves stand in many techniques. */
const writtenEvidence = new WeakMap<View, Map<FactLeaf, Evidence>>();

function evidenceIn(view: View): (leaf: FactLeaf) => Evidence {
  const ofView = writtenEvidence.get(view) ?? new Map<FactLeaf, Evidence>();
  writtenEvidence.set(view, ofView);
  return (leaf) => {
    let written = ofView.get(leaf);
    if (written === undefined) {
      written = evidenceOf(leaf, view);
      ofView.set(leaf, written);
    }
    return written;
  };
}

function evidenceOf(leaf: FactLeaf, view: View): Evidence {
  const known = knownIn(leaf.fact, view);
  const fields = fieldsOf(leaf.fact, view);
  const presumed = fields.some((field) => isPresumed(field, view.host));
  return {
    fact: leaf.kind === "not" ? `not ${leaf.fact.id}` : leaf.fact.id,
    known: leaf.kind === "not" ? (known === "yes" ? "no" : known === "no" ? "yes" : "unknown") : known,
    from: placeOf(fields, view),
    ...(presumed ? { presumed: true as const } : {}),
  };
}

/** The fields behind the best way in which a technique applies, and the identity that it applies to. */
export function witnessOf({ needs }: Applied, reached: Fixpoint): { fields: readonly string[]; view: View } {
  let best: { level: number; leaves: readonly Leaf[]; view: View } | undefined;
  for (const view of reached.views) {
    const witness = view.reachable === LEVEL.no ? undefined : witnesses(needs, view, reached.state, 1)[0];
    if (witness !== undefined && (best === undefined || witness.level > best.level)) {
      best = { ...witness, view };
    }
  }
  const view = best?.view ?? reached.views[0];
  invariant(view !== undefined, "a container starts as somebody");
  const leaves = best?.leaves ?? [];
  return { fields: leaves.flatMap((leaf) => (leaf.kind === "gained" ? [] : fieldsOf(leaf.fact, view))), view };
}

function isPresumed(field: string, host: HostFacts): boolean {
  if (!field.startsWith("host.")) {
    return false;
  }
  const key = field.slice(5) as HostSwitch;
  return host.values[key] === undefined && PRESUMPTIONS[key] !== undefined && hostSwitch(host, key) !== "unknown";
}

/** The leaves of a proof that are unknown, and how its identity is reached where that is unknown. */
function decidingFacts(steps: readonly ProofStep[]): string[] {
  const facts = steps.flatMap((step) => {
    const unknown = step.leaves.flatMap((leaf) =>
      leaf.kind !== "gained" && knownIn(leaf.fact, step.view) === "unknown" ? [leaf.fact.id] : [],
    );
    return step.view.identity.reachable === "unknown" ? [...unknown, "setuid.gives-root"] : unknown;
  });
  return [...new Set(facts)];
}
