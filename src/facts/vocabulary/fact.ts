import type { Expression, Fact } from "../expression.ts";
import type { Known } from "../known.ts";
import { nextFactNumber } from "../memo.ts";
import type { View } from "../view.ts";

/** The part of a view that facts of a container see. */
export type ContainerView = Omit<View, "identity" | "memo" | "reachable">;

/** The part of a view that facts of a host see. */
export type HostView = Pick<View, "host">;

interface Options {
  readonly negatable?: boolean;
}

/** Makes an entry of the vocabulary that depends on who the process is. */
export function fact(
  id: string,
  known: (view: View) => Known,
  from: (view: View) => readonly string[],
  options: Options = {},
): Expression {
  return entry("identity", id, known, from, options);
}

/** Makes an entry that is the same for every process of a container. */
export function containerFact(
  id: string,
  known: (view: ContainerView) => Known,
  from: (view: ContainerView) => readonly string[],
  options: Options = {},
): Expression {
  return entry("container", id, known, from, options);
}

/** Makes an entry that is the same for every container of a host. */
export function hostFact(
  id: string,
  known: (view: HostView) => Known,
  from: () => readonly string[],
  options: Options = {},
): Expression {
  return entry("host", id, known, from, options);
}

function entry(
  scope: Fact["scope"],
  id: string,
  known: Fact["known"],
  from: Fact["from"],
  { negatable = false }: Options,
): Expression {
  return { kind: "fact", fact: { id, index: nextFactNumber(), scope, known, from, negatable, ofMounts: false } };
}

const interned = new Map<string, Expression>();

/** Returns the same expression for the same id, so that equal facts are one object. */
export function intern(id: string, make: () => Expression): Expression {
  const found = interned.get(id);
  if (found !== undefined) {
    return found;
  }
  const made = make();
  interned.set(id, made);
  return made;
}
