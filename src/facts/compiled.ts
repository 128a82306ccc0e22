import { invariant } from "../base/index.ts";
import type { Expression, Fact, Leaf } from "./expression.ts";
import type { Known } from "./known.ts";
import { GAINS_MAX, type GainState, knownOf, LEVEL, NEGATION } from "./memo.ts";
import { MOUNT_LEVELS } from "./mount-levels.ts";
import type { View } from "./view.ts";

const gainNumbers = new Map<string, number>();

/** Number of a gain in a {@link GainState}. */
export function gainNumber(gain: string): number {
  let number = gainNumbers.get(gain);
  if (number === undefined) {
    number = gainNumbers.size;
    invariant(number < GAINS_MAX, "there are more gains than a state holds");
    gainNumbers.set(gain, number);
  }
  return number;
}

/** The level of a fact, computed once for each host, container or identity that it depends on. */
export const levelOfFact = (fact: Fact, view: View): number => view.memo[fact.index] || remember(fact, view);

/** The value of a fact; see {@link levelOfFact}. */
export const knownIn = (fact: Fact, view: View): Known => knownOf(levelOfFact(fact, view));

/** Looks where a value is shared with other views before it computes one. */
function remember(fact: Fact, view: View): number {
  if (fact.ofMounts) {
    rememberMounts(view);
    return view.memo[fact.index] ?? LEVEL.no;
  }
  const shared =
    fact.scope === "identity" ? view.memo : fact.scope === "container" ? view.containerMemo : view.hostMemo;
  let level = shared[fact.index] ?? 0;
  if (level === 0) {
    level = LEVEL[fact.known(view)];
    shared[fact.index] = level;
  }
  view.memo[fact.index] = level;
  view.onAnswer?.(fact, level);
  return level;
}

function rememberMounts({ container, memo, onAnswer }: View): void {
  const answer = MOUNT_LEVELS.answer(container);
  for (const index of MOUNT_LEVELS.indexes) {
    memo[index] = container.memo[index] ?? LEVEL.no;
  }
  onAnswer?.(MOUNT_LEVELS, answer);
}

/** A set of leaves that together make an expression as true as it is. */
export interface Witness {
  /** `unknown` or `yes`. */
  readonly level: number;
  readonly leaves: readonly Leaf[];
}

/** What a node does. Numbers, so that {@link levelOf} is one loop that the engine of JavaScript compiles once. */
const KIND = { fact: 0, not: 1, gained: 2, all: 3, any: 4 } as const satisfies Record<Expression["kind"], number>;

/** An expression made ready to be evaluated: several times faster than walking the expression itself. */
export interface Compiled {
  readonly expression: Expression;
  /** One of {@link KIND}. */
  readonly kind: number;
  /** Of a fact its number in a view's memory, of a gain its number in a state; of `all` and `any` unused. */
  readonly index: number;
  /** Of `fact` and `not`. */
  readonly fact: Fact | undefined;
  /** Of `all` and `any`; empty for leaves. */
  readonly parts: readonly Compiled[];
  /** Of a leaf. */
  readonly leaf: Leaf | undefined;
  /** The witnesses of a leaf, by its level; empty for `all` and `any`. */
  readonly leafWitnesses: readonly (readonly Witness[])[];
}

const ready = new WeakMap<Expression, Compiled>();

/** Compiles an expression, once. */
export function compiled(expression: Expression): Compiled {
  let made = ready.get(expression);
  if (made === undefined) {
    made = make(expression);
    ready.set(expression, made);
  }
  return made;
}

function make(expression: Expression): Compiled {
  const kind = KIND[expression.kind];
  if (expression.kind === "all" || expression.kind === "any") {
    const parts = expression.of.map(compiled);
    return { expression, kind, index: 0, fact: undefined, parts, leaf: undefined, leafWitnesses: [] };
  }
  const leaves = [expression];
  const leafWitnesses = [[], [], [{ level: LEVEL.unknown, leaves }], [{ level: LEVEL.yes, leaves }]];
  const fact = expression.kind === "gained" ? undefined : expression.fact;
  const index = expression.kind === "gained" ? gainNumber(expression.gain) : expression.fact.index;
  return { expression, kind, index, fact, parts: [], leaf: expression, leafWitnesses };
}

/** The level of an expression for one identity, in Kleene's logic; parts that cannot matter are not asked. */
export function levelOf(node: Compiled, view: View, gains: GainState): number {
  switch (node.kind) {
    case KIND.fact:
      return view.memo[node.index] || remember(node.fact as Fact, view);
    case KIND.not:
      return NEGATION - (view.memo[node.index] || remember(node.fact as Fact, view));
    case KIND.gained:
      return gains[node.index] ?? LEVEL.no;
    case KIND.all:
      return levelOfAll(node.parts, view, gains);
    default:
      return levelOfAny(node.parts, view, gains);
  }
}

function levelOfAll(parts: readonly Compiled[], view: View, gains: GainState): number {
  let least: number = LEVEL.yes;
  for (const part of parts) {
    const level =
      part.kind === KIND.fact ? view.memo[part.index] || remember(part.fact as Fact, view) : levelOf(part, view, gains);
    if (level === LEVEL.no) {
      return level;
    }
    if (level < least) {
      least = level;
    }
  }
  return least;
}

function levelOfAny(parts: readonly Compiled[], view: View, gains: GainState): number {
  let greatest: number = LEVEL.no;
  for (const part of parts) {
    const level = levelOf(part, view, gains);
    if (level === LEVEL.yes) {
      return level;
    }
    if (level > greatest) {
      greatest = level;
    }
  }
  return greatest;
}

/** The value of an expression for one identity. */
export const evaluate = (expression: Expression, view: View, gains: GainState): Known =>
  knownOf(levelOf(compiled(expression), view, gains));
