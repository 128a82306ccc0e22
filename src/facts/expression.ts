import { assertNever, invariant } from "../base/index.ts";
import type { Known } from "./known.ts";
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
  /** It is one of the questions to mounts that are answered together. */
  readonly ofMounts: boolean;
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

/** An expression without parts. */
export type Leaf = Extract<Expression, { kind: "fact" | "not" | "gained" }>;

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
