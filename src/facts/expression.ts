import { assertNever, invariant } from "../base/index.ts";
import { type Known, not as negate } from "./known.ts";
import type { View } from "./view.ts";

/**
 * One entry of the vocabulary: something true of a process in a container on a host.
 *
 * `known` is called for every evaluation and must be cheap; `from` is called only for proofs.
 */
export interface Fact {
  /** As the reports write it: `cap(SYS_ADMIN)`. Equal ids mean the same fact. */
  readonly id: string;
  /** Number of this fact in the memories of a {@link View}. */
  readonly index: number;
  /** What the value depends on: the host only, the container on its host, or also the identity. */
  readonly scope: "host" | "container" | "identity";
  readonly known: (view: View) => Known;
  /** The fields that decided: `HostConfig.CapAdd[0]`, `host.apparmor`. */
  readonly from: (view: View) => readonly string[];
  /** Only facts of identity and of host hardening may stand under `not`, so that gains grow with privilege. */
  readonly negatable: boolean;
}

/** A precondition, built from facts and earlier gains. Evaluated in Kleene's three-valued logic. */
export type Expression =
  | { readonly kind: "fact"; readonly fact: Fact }
  | { readonly kind: "not"; readonly fact: Fact }
  | { readonly kind: "gained"; readonly gain: string }
  | { readonly kind: "all"; readonly of: readonly Expression[] }
  | { readonly kind: "any"; readonly of: readonly Expression[] };

/** Holds when every part holds. Put the part that is most often false first. */
export const all = (...of: readonly Expression[]): Expression => ({ kind: "all", of });

/** Holds when some part holds. */
export const any = (...of: readonly Expression[]): Expression => ({ kind: "any", of });

/** Holds when an earlier technique gave this gain. */
export const gained = (gain: string): Expression => ({ kind: "gained", gain });

/** Holds when a fact does not. Throws for facts that may not be negated. */
export function not(expression: Expression): Expression {
  invariant(expression.kind === "fact", "only a single fact can be negated");
  invariant(expression.fact.negatable, `${expression.fact.id} may not be negated: gains would not grow with privilege`);
  return { kind: "not", fact: expression.fact };
}

/** Looks up how surely a gain is held so far. */
export type GainState = (gain: string) => Known;

/** The value of a fact, computed once for each host, container or identity that it depends on. */
export function knownIn(fact: Fact, view: View): Known {
  const memo = fact.scope === "identity" ? view.memo : fact.scope === "container" ? view.container.memo : view.hostMemo;
  const remembered = memo[fact.index];
  if (remembered !== undefined && remembered !== 0) {
    return remembered === 1 ? "no" : remembered === 2 ? "unknown" : "yes";
  }
  const value = fact.known(view);
  memo[fact.index] = value === "no" ? 1 : value === "unknown" ? 2 : 3;
  return value;
}

/** An expression made into a function; several times faster than walking it. */
type Evaluator = (view: View, gains: GainState) => Known;

const evaluators = new WeakMap<Expression, Evaluator>();

/** The function of an expression, made once. */
export function compiled(expression: Expression): Evaluator {
  let evaluator = evaluators.get(expression);
  if (evaluator === undefined) {
    evaluator = compile(expression);
    evaluators.set(expression, evaluator);
  }
  return evaluator;
}

function compile(expression: Expression): Evaluator {
  switch (expression.kind) {
    case "fact": {
      const { fact } = expression;
      return (view) => knownIn(fact, view);
    }
    case "not": {
      const { fact } = expression;
      return (view) => negate(knownIn(fact, view));
    }
    case "gained": {
      const { gain } = expression;
      return (_, gains) => gains(gain);
    }
    case "all":
      return compileAll(expression.of.map(compiled));
    case "any":
      return compileAny(expression.of.map(compiled));
    default:
      return assertNever(expression);
  }
}

function compileAll(parts: readonly Evaluator[]): Evaluator {
  return (view, gains) => {
    let value: Known = "yes";
    for (const part of parts) {
      const known = part(view, gains);
      if (known === "no") {
        return "no";
      }
      if (known === "unknown") {
        value = "unknown";
      }
    }
    return value;
  };
}

function compileAny(parts: readonly Evaluator[]): Evaluator {
  return (view, gains) => {
    let value: Known = "no";
    for (const part of parts) {
      const known = part(view, gains);
      if (known === "yes") {
        return "yes";
      }
      if (known === "unknown") {
        value = "unknown";
      }
    }
    return value;
  };
}

/** The value of an expression for one identity. */
export const evaluate = (expression: Expression, view: View, gains: GainState): Known =>
  compiled(expression)(view, gains);

/** A leaf of an expression that takes part in a witness. */
export type Leaf = Extract<Expression, { kind: "fact" | "not" | "gained" }>;

/** A set of leaves that together make an expression as true as it is. */
export interface Witness {
  readonly known: Exclude<Known, "no">;
  readonly leaves: readonly Leaf[];
}

/**
 * The smallest witnesses of an expression that holds or may hold: one for each way through its alternatives, the
 * certain ones first, then the shortest, at most `witnessesMax`. Empty when the expression is false.
 */
export function witnesses(
  expression: Expression,
  view: View,
  gains: GainState,
  witnessesMax: number,
): readonly Witness[] {
  switch (expression.kind) {
    case "fact":
    case "not":
    case "gained": {
      const known = evaluate(expression, view, gains);
      return known === "no" ? [] : [{ known, leaves: [expression] }];
    }
    case "any":
      return expression.of
        .flatMap((part) => witnesses(part, view, gains, witnessesMax))
        .sort(compareWitnesses)
        .slice(0, witnessesMax);
    case "all": {
      let partial: Witness[] = [{ known: "yes", leaves: [] }];
      for (const part of expression.of) {
        const ways = witnesses(part, view, gains, witnessesMax);
        partial = partial
          .flatMap((left) => ways.map((right) => join(left, right)))
          .sort(compareWitnesses)
          .slice(0, witnessesMax);
      }
      return partial;
    }
    default:
      return assertNever(expression);
  }
}

function join(left: Witness, right: Witness): Witness {
  return {
    known: left.known === "yes" ? right.known : "unknown",
    leaves: [...left.leaves, ...right.leaves],
  };
}

function compareWitnesses(left: Witness, right: Witness): number {
  if (left.known !== right.known) {
    return left.known === "yes" ? -1 : 1;
  }
  return left.leaves.length - right.leaves.length;
}

/** Every gain that an expression mentions. */
export function gainsOf(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case "fact":
    case "not":
      return [];
    case "gained":
      return [expression.gain];
    case "all":
    case "any":
      return expression.of.flatMap(gainsOf);
    default:
      return assertNever(expression);
  }
}

/** The expression as text, in the notation of the technique pages. */
export function formatExpression(expression: Expression): string {
  switch (expression.kind) {
    case "fact":
      return expression.fact.id;
    case "not":
      return `not ${expression.fact.id}`;
    case "gained":
      return `gained(${expression.gain})`;
    case "all":
      return expression.of
        .map((part) => (part.kind === "any" ? `(${formatExpression(part)})` : formatExpression(part)))
        .join(" and ");
    case "any":
      return expression.of
        .map((part) => (part.kind === "all" ? `(${formatExpression(part)})` : formatExpression(part)))
        .join(" or ");
    default:
      return assertNever(expression);
  }
}
