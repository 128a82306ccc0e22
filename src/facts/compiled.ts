import { assertNever, invariant } from "../base/index.ts";
import type { Expression, Fact, Leaf } from "./expression.ts";
import type { Known } from "./known.ts";
import { GAINS_MAX, type GainState, knownOf, LEVEL, type Memo, NEGATION } from "./memo.ts";
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

/** The value of a fact, computed once for each host, container or identity that it depends on. */
export function knownIn(fact: Fact, view: View): Known {
  const memo = fact.scope === "identity" ? view.memo : fact.scope === "container" ? view.containerMemo : view.hostMemo;
  return knownOf(memo[fact.index] || remember(fact, memo, view));
}

function remember(fact: Fact, memo: Memo, view: View): number {
  const level = LEVEL[fact.known(view)];
  memo[fact.index] = level;
  return level;
}

/** A set of leaves that together make an expression as true as it is. */
export interface Witness {
  /** `unknown` or `yes`. */
  readonly level: number;
  readonly leaves: readonly Leaf[];
}

/** Gives the level of an expression. */
type Holds = (view: View, gains: GainState) => number;

/** An expression made ready to be evaluated: several times faster than walking the expression itself. */
export interface Compiled {
  readonly expression: Expression;
  readonly holds: Holds;
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
  if (expression.kind === "all" || expression.kind === "any") {
    const parts = expression.of.map(compiled);
    return { expression, holds: compile(expression, parts), parts, leaf: undefined, leafWitnesses: [] };
  }
  const leaves = [expression];
  const leafWitnesses = [[], [], [{ level: LEVEL.unknown, leaves }], [{ level: LEVEL.yes, leaves }]];
  return { expression, holds: compile(expression, []), parts: [], leaf: expression, leafWitnesses };
}

function compile(expression: Expression, parts: readonly Compiled[]): Holds {
  switch (expression.kind) {
    case "fact":
      return compileFact(expression.fact);
    case "not": {
      const holds = compileFact(expression.fact);
      return (view, gains) => NEGATION - holds(view, gains);
    }
    case "gained": {
      const number = gainNumber(expression.gain);
      return (_, gains) => gains[number] ?? LEVEL.no;
    }
    case "all":
      return compileAll(parts.map(({ holds }) => holds));
    case "any":
      return compileAny(parts.map(({ holds }) => holds));
    default:
      return assertNever(expression);
  }
}

function compileFact(fact: Fact): Holds {
  const { index, scope } = fact;
  switch (scope) {
    case "host":
      return (view) => view.hostMemo[index] || remember(fact, view.hostMemo, view);
    case "container":
      return (view) => view.containerMemo[index] || remember(fact, view.containerMemo, view);
    case "identity":
      return (view) => view.memo[index] || remember(fact, view.memo, view);
    default:
      return assertNever(scope);
  }
}

function compileAll(parts: readonly Holds[]): Holds {
  return (view, gains) => {
    let least: number = LEVEL.yes;
    for (const part of parts) {
      const level = part(view, gains);
      if (level === LEVEL.no) {
        return level;
      }
      if (level < least) {
        least = level;
      }
    }
    return least;
  };
}

function compileAny(parts: readonly Holds[]): Holds {
  return (view, gains) => {
    let greatest: number = LEVEL.no;
    for (const part of parts) {
      const level = part(view, gains);
      if (level === LEVEL.yes) {
        return level;
      }
      if (level > greatest) {
        greatest = level;
      }
    }
    return greatest;
  };
}

/** The value of an expression for one identity. */
export const evaluate = (expression: Expression, view: View, gains: GainState): Known =>
  knownOf(compiled(expression).holds(view, gains));
