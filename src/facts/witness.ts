import { type Compiled, levelOf, type Witness } from "./compiled.ts";
import type { Leaf } from "./expression.ts";
import { type GainState, LEVEL } from "./memo.ts";
import type { View } from "./view.ts";

const NONE: readonly Witness[] = [];

/**
 * The smallest witnesses of an expression that holds or may hold: one for each way through its alternatives, the
 * certain ones first, then the shortest, at most `witnessesMax`. Empty when the expression is false.
 */
export function witnesses(compiled: Compiled, view: View, gains: GainState, witnessesMax: number): readonly Witness[] {
  const level = levelOf(compiled, view, gains);
  if (level === LEVEL.no) {
    return NONE;
  }
  switch (compiled.expression.kind) {
    case "any":
      return witnessesOfAny(compiled, view, gains, witnessesMax);
    case "all":
      return witnessesOfAll(compiled, view, gains, witnessesMax);
    default:
      return compiled.leafWitnesses[level] ?? NONE;
  }
}

function witnessesOfAny(compiled: Compiled, view: View, gains: GainState, witnessesMax: number): readonly Witness[] {
  let found = NONE;
  let own: Witness[] | undefined;
  for (const part of compiled.parts) {
    const ways = witnesses(part, view, gains, witnessesMax);
    if (ways.length === 0) {
      continue;
    }
    if (found.length === 0) {
      found = ways;
    } else {
      own ??= [...found];
      own.push(...ways);
    }
  }
  return own === undefined ? found : best(own, witnessesMax);
}

function witnessesOfAll(compiled: Compiled, view: View, gains: GainState, witnessesMax: number): readonly Witness[] {
  // As long as there is one way only, its leaves are collected; most conjunctions have no other.
  let level: number = LEVEL.yes;
  const leaves: Leaf[] = [];
  let partial: readonly Witness[] | undefined;
  for (const part of compiled.parts) {
    if (partial === undefined && part.leaf !== undefined) {
      level = Math.min(level, levelOf(part, view, gains));
      leaves.push(part.leaf);
      continue;
    }
    const ways = witnesses(part, view, gains, witnessesMax);
    const only = ways.length === 1 ? ways[0] : undefined;
    if (partial === undefined && only !== undefined) {
      level = Math.min(level, only.level);
      leaves.push(...only.leaves);
    } else {
      partial = best(join(partial ?? [{ level, leaves }], ways), witnessesMax);
    }
  }
  return partial ?? [{ level, leaves }];
}

function join(left: readonly Witness[], right: readonly Witness[]): Witness[] {
  const joined: Witness[] = [];
  for (const first of left) {
    for (const second of right) {
      joined.push({ level: Math.min(first.level, second.level), leaves: [...first.leaves, ...second.leaves] });
    }
  }
  return joined;
}

/** Sorts in place, by insertion: the lists are short and mostly sorted, and equals have to keep their order. */
function best(found: Witness[], witnessesMax: number): readonly Witness[] {
  for (let index = 1; index < found.length; index += 1) {
    const moved = found[index];
    let at = index;
    for (let before = found[at - 1]; moved && before && isWorse(before, moved); before = found[at - 1]) {
      found[at] = before;
      at -= 1;
    }
    if (moved && at !== index) {
      found[at] = moved;
    }
  }
  return found.length > witnessesMax ? found.slice(0, witnessesMax) : found;
}

function isWorse(left: Witness, right: Witness): boolean {
  return left.level === right.level ? left.leaves.length > right.leaves.length : left.level < right.level;
}

/** Adds the leaves of the first way in which an expression is as true as it is. */
export function addFirstWitness(compiled: Compiled, view: View, gains: GainState, into: Leaf[]): void {
  if (compiled.leaf !== undefined) {
    into.push(compiled.leaf);
  } else if (compiled.expression.kind === "all") {
    for (const part of compiled.parts) {
      addFirstWitness(part, view, gains, into);
    }
  } else {
    const level = levelOf(compiled, view, gains);
    const part = compiled.parts.find((candidate) => levelOf(candidate, view, gains) === level);
    if (part !== undefined) {
      addFirstWitness(part, view, gains, into);
    }
  }
}
