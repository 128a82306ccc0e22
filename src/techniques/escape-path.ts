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
} from "../facts/index.ts";
import type { EscapePath, Evidence, Step } from "../findings/index.ts";
import { type ExplainedProof, explain } from "./explanation.ts";
import type { Applied, Fixpoint } from "./fixpoint.ts";
import type { ProofStep } from "./prove.ts";

/** Writes a proof out for one container: every leaf with its value and the place where it was written. */
export function escapePath(proof: ExplainedProof, { views }: Fixpoint): EscapePath {
  return {
    gain: proof.gain,
    certainty: proof.level === LEVEL.yes ? "yes" : "possible",
    attack: proof.attack,
    steps: proof.steps.map((step) => writtenStep(step, views)),
    identity: viewAt(views, proof.identity).identity.name,
    decidedBy: proof.decidedBy,
  };
}

function viewAt(views: readonly View[], identity: number): View {
  const view = views[identity];
  invariant(view !== undefined, "a proof belongs to as many identities as its container has");
  return view;
}

/** What was written out for the views of one container; steps are shared between its proofs, and leaves between steps. */
interface Written {
  readonly steps: Map<ProofStep, Step>;
  readonly evidence: Map<FactLeaf, Evidence>;
}

type FactLeaf = Exclude<Leaf, { kind: "gained" }>;

const written = new WeakMap<View, Written>();

function writtenStep(step: ProofStep, views: readonly View[]): Step {
  const view = viewAt(views, step.identity);
  let ofView = written.get(view);
  if (ofView === undefined) {
    ofView = { steps: new Map(), evidence: new Map() };
    written.set(view, ofView);
  }
  let made = ofView.steps.get(step);
  if (made === undefined) {
    made = stepOf(step, view, ofView.evidence);
    ofView.steps.set(step, made);
  }
  return made;
}

function stepOf({ technique, leaves }: ProofStep, view: View, known: Map<FactLeaf, Evidence>): Step {
  const because: Evidence[] = [];
  const uses: string[] = [];
  for (const leaf of leaves) {
    if (leaf.kind === "gained") {
      uses.push(leaf.gain);
      continue;
    }
    const among = leaf.fact.scope === "host" ? evidenceOfHost(view.host) : known;
    let evidence = among.get(leaf);
    if (evidence === undefined) {
      evidence = evidenceOf(leaf, view);
      among.set(leaf, evidence);
    }
    because.push(evidence);
  }
  return { technique: technique.id, because, uses, gains: technique.gains };
}

/** What only a host decides is written out once for all of its containers. */
const writtenOfHost = new WeakMap<HostFacts, Map<FactLeaf, Evidence>>();

function evidenceOfHost(host: HostFacts): Map<FactLeaf, Evidence> {
  let evidence = writtenOfHost.get(host);
  if (evidence === undefined) {
    evidence = new Map();
    writtenOfHost.set(host, evidence);
  }
  return evidence;
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
export function witnessOf(applied: Applied, reached: Fixpoint): { fields: readonly string[]; view: View } {
  const support = explain(reached).support.get(applied);
  invariant(support !== undefined, "a technique that applies has something that it rests on");
  const view = viewAt(reached.views, support.identity);
  return { fields: support.leaves.flatMap((leaf) => (leaf.kind === "gained" ? [] : fieldsOf(leaf.fact, view))), view };
}

function isPresumed(field: string, host: HostFacts): boolean {
  if (!field.startsWith("host.")) {
    return false;
  }
  const key = field.slice(5) as HostSwitch;
  return host.values[key] === undefined && PRESUMPTIONS[key] !== undefined && hostSwitch(host, key) !== "unknown";
}
