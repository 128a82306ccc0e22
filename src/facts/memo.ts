import { invariant } from "../base/index.ts";
import type { Known } from "./known.ts";

/**
 * Values as numbers, for the places that compute millions of them: Kleene's conjunction is the least of two levels, his
 * disjunction the greatest, and the negation of `x` is `NEGATION - x`. 0 stands for "not asked yet".
 */
export const LEVEL = { no: 1, unknown: 2, yes: 3 } as const satisfies Record<Known, number>;

/** What a level and its negation sum up to. */
export const NEGATION = 4;

/** The value that a level stands for; `no` for 0. */
export const knownOf = (level: number): Known => (level === 3 ? "yes" : level === 2 ? "unknown" : "no");

/** Values of facts that were computed already, by the facts' numbers. */
export type Memo = Uint8Array;

/** Most facts that the vocabulary may have; making one more is an error that every test run meets. */
export const FACTS_MAX = 1024;

let facts = 0;

/** The number of one more fact. */
export function nextFactNumber(): number {
  invariant(facts < FACTS_MAX, "the vocabulary has more facts than a memory holds");
  facts += 1;
  return facts - 1;
}

/** A memory with nothing in it. Facts that are made later find no room in it and are computed every time. */
export const newMemo = (): Memo => new Uint8Array(facts);

/** How surely each gain is held, as levels, by the gains' numbers. */
export type GainState = Uint8Array;

/** Most gains that expressions and techniques may name. */
export const GAINS_MAX = 128;

/** A state in which nothing is gained. */
export const newGainState = (): GainState => new Uint8Array(GAINS_MAX).fill(LEVEL.no);

/** For expressions that wait for no gain. Never written to. */
export const NO_GAINS: GainState = newGainState();
