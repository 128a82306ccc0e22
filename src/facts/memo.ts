/** Values of facts that were computed already, by the facts' numbers: 0 not yet, 1 no, 2 unknown, 3 yes. */
export type Memo = Uint8Array;

/** Most facts that the vocabulary may have; making one more is an error that every test run meets. */
export const FACTS_MAX = 1024;

/** A memory with nothing in it. */
export const newMemo = (): Memo => new Uint8Array(FACTS_MAX);
