import type { LocalizedText } from "../base/index.ts";
import type { Known } from "../facts/index.ts";
import type { Change, Fix, RefusedFix } from "../findings/index.ts";
import { applyEdit, type Subject } from "./apply.ts";
import { type Candidate, candidates, dropDefaultCapability } from "./candidates.ts";
import { engineRefusal } from "./refusal.ts";

/** A leaf of a proof, as far as the search needs it. */
export interface ProofLeaf {
  readonly fact: string;
  readonly from: readonly string[];
}

/** What an analyser says of a subject. Passed in, so that remedies need not know the techniques. */
export interface Evaluation {
  /** Gains that are held or may be held. */
  readonly gains: ReadonlyMap<string, Known>;
  /** The leaves of one proof of a gain; empty when there is none. */
  readonly proof: (gain: string) => readonly ProofLeaf[];
  /** Unknown facts that decide over a gain that is only possible. */
  readonly deciding: (gain: string) => readonly string[];
}

/** Re-derives the facts of a subject and runs the fixpoint. */
export type Evaluate = (subject: Subject) => Evaluation;

/** Most edits in one fix. */
export const EDITS_PER_FIX_MAX = 4;

/** Most subjects evaluated in one search. The deepest given scenario needs 210. */
export const EVALUATIONS_MAX = 600;

/** Most fixes that are reported. */
export const FIXES_MAX = 12;

/** What a search found. */
export interface Remedies {
  readonly fixes: readonly Fix[];
  readonly refused: readonly RefusedFix[];
  /** The search ended at {@link EVALUATIONS_MAX}: there may be further sets. */
  readonly bounded: boolean;
}

interface Node {
  readonly edits: readonly Candidate[];
  readonly subject: Subject;
}

/**
 * Finds every inclusion-minimal set of at most {@link EDITS_PER_FIX_MAX} edits after which a gain is gone whichever way
 * the unknown facts fall.
 *
 * A hitting-set tree (R. Reiter, "A theory of diagnosis from first principles", 1987): take one proof of the gain, try
 * each edit that changes one of its leaves, and go on from there. An edit that changes no leaf leaves the proof as it
 * is, so nothing is missed. Sets that contain a found one are cut. Every set found is evaluated as a whole.
 */
export function searchFixes(subject: Subject, goal: string, evaluate: Evaluate): Remedies {
  const search = new Search(subject, goal, evaluate);
  return search.run();
}

class Search {
  readonly #goal: string;
  readonly #evaluate: Evaluate;
  readonly #start: Subject;
  readonly #before: Evaluation;
  readonly #solutions: { node: Node; after: Evaluation }[] = [];
  readonly #conditional: { node: Node; after: Evaluation }[] = [];
  readonly #refused: { node: Node; reason: LocalizedText }[] = [];
  /** By the edits of a set, whether the gain is still held after them; `undefined` for sets that the engine refuses. */
  readonly #seen = new Map<string, boolean | undefined>();
  #evaluations = 0;

  constructor(subject: Subject, goal: string, evaluate: Evaluate) {
    this.#start = subject;
    this.#goal = goal;
    this.#evaluate = evaluate;
    this.#before = evaluate(subject);
  }

  run(): Remedies {
    let level: { node: Node; leaves: readonly ProofLeaf[] }[] = [
      { node: { edits: [], subject: this.#start }, leaves: this.#before.proof(this.#goal) },
    ];
    for (let depth = 1; depth <= EDITS_PER_FIX_MAX && level.length > 0; depth += 1) {
      level = level.flatMap(({ node, leaves }) => this.#children(node, leaves));
    }
    return {
      fixes: this.#report(),
      refused: this.#refused.map(({ node, reason }) => ({ changes: node.edits.map(changeOf), reason })),
      bounded: this.#evaluations >= EVALUATIONS_MAX,
    };
  }

  #children(node: Node, leaves: readonly ProofLeaf[]): { node: Node; leaves: readonly ProofLeaf[] }[] {
    const open: { node: Node; leaves: readonly ProofLeaf[] }[] = [];
    for (const edit of relevant(node.subject, leaves)) {
      const edits = [...node.edits, edit];
      const key = keyOf(edits);
      if (this.#seen.has(key) || this.#evaluations >= EVALUATIONS_MAX || this.#containsSolution(edits)) {
        continue;
      }
      const child: Node = { edits, subject: applyEdit(node.subject, edit.edit) };
      const refusal = engineRefusal(child.subject);
      if (refusal !== undefined && engineRefusal(node.subject) === undefined) {
        this.#seen.set(key, undefined);
        this.#refused.push({ node: child, reason: refusal });
        continue;
      }
      this.#evaluations += 1;
      const after = this.#evaluate(child.subject);
      const value = after.gains.get(this.#goal) ?? "no";
      this.#seen.set(key, value !== "no");
      if (value === "no") {
        this.#solutions.push({ node: child, after });
        continue;
      }
      if (value === "unknown" && this.#before.gains.get(this.#goal) === "yes") {
        this.#conditional.push({ node: child, after });
      }
      open.push({ node: child, leaves: after.proof(this.#goal) });
    }
    return open;
  }

  #containsSolution(edits: readonly Candidate[]): boolean {
    const names = new Set(edits.map((entry) => entry.edit));
    return this.#solutions.some(({ node }) => node.edits.every((entry) => names.has(entry.edit)));
  }

  #report(): Fix[] {
    const minimal = this.#solutions.filter(({ node }) => this.#isMinimal(node));
    if (minimal.length > 0) {
      return minimal
        .map(({ node, after }) => this.#fix(node, after, "closing"))
        .sort((left, right) => left.cost - right.cost)
        .slice(0, FIXES_MAX);
    }
    const best = this.#conditional.sort((left, right) => costOf(left.node) - costOf(right.node)).slice(0, 2);
    return best.map(({ node, after }) => this.#fix(node, after, "partial", conditionNote(after.deciding(this.#goal))));
  }

  /** No part of the set closes the gain by itself. */
  #isMinimal(node: Node): boolean {
    if (node.edits.length === 1) {
      return true;
    }
    return node.edits.every((_, left) => {
      const rest = node.edits.filter((__, index) => index !== left);
      const isHeld = this.#seen.get(keyOf(rest));
      if (isHeld !== undefined) {
        return isHeld;
      }
      const subject = rest.reduce((current, entry) => applyEdit(current, entry.edit), this.#start);
      return (this.#evaluate(subject).gains.get(this.#goal) ?? "no") !== "no";
    });
  }

  #fix(node: Node, after: Evaluation, kind: Fix["kind"], note?: LocalizedText): Fix {
    const closes = [...this.#before.gains.keys()].filter((gain) => !after.gains.has(gain));
    const remains = [...after.gains.keys()];
    return { changes: node.edits.map(changeOf), closes, cost: costOf(node), remains, kind, ...(note && { note }) };
  }
}

/** A set of edits, whatever their order. */
const keyOf = (edits: readonly Candidate[]): string =>
  edits
    .map(({ edit }) => edit)
    .sort()
    .join("\n");

const costOf = (node: Node): number => node.edits.reduce((sum, entry) => sum + entry.cost, 0);

function changeOf(entry: Candidate): Change {
  const id = entry.edit
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
  return { id, summary: entry.summary, edit: entry.edit };
}

function conditionNote(deciding: readonly string[]): LocalizedText {
  const facts = deciding.join(", ");
  return {
    en: `closes it only if these turn out not to hold: ${facts}`,
    ja: `次の事実が成り立たない場合にだけ閉じる: ${facts}`,
  };
}

/** The edits that change a leaf of a proof. */
function relevant(subject: Subject, leaves: readonly ProofLeaf[]): readonly Candidate[] {
  const fields = new Set(leaves.flatMap((leaf) => leaf.from));
  const dropped = leaves.flatMap((leaf) => {
    const name = /^cap\((\w+)\)$/.exec(leaf.fact)?.[1];
    return name !== undefined && leaf.from.includes("HostConfig.CapDrop") ? [dropDefaultCapability(name)] : [];
  });
  return [...candidates(subject).filter((entry) => entry.touches.some((field) => fields.has(field))), ...dropped];
}
