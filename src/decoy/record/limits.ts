const MIB = 1024 * 1024;

/** A body up to this is written into the journal itself: one write for many requests. Larger ones are files of their own. */
export const BODY_INLINE_BYTES_MAX = 64 * 1024;

/** Bodies below this are not looked for among those that were written before: the reference would hardly be shorter. */
export const BODY_SHARED_BYTES_MIN = 256;

/** Bodies of one journal file that are remembered, so that the same one is written once. */
export const BODIES_REMEMBERED_MAX = 20_000;

/** Largest body that is kept whole on disk. What is longer is cut there; its hash and length are of all of it. */
export const BODY_STORED_BYTES_MAX = 256 * MIB;

/** A journal file is ended at this size, and another begun. */
export const JOURNAL_FILE_BYTES_MAX = 64 * MIB;

/** Bytes that wait to be written. Above it, bytes of streams are counted and not kept; requests still are. */
export const WAITING_BYTES_MAX = 64 * MIB;

/** Longest line of the journal that is read: an inline body as base64, heads and all. */
export const LINE_BYTES_MAX = 2 * MIB;

/** What is kept when nothing else is asked for. */
export const RETENTION_DEFAULT: Retention = { bytesMax: 4 * 1024 * MIB, daysMax: 90 };

/** How much of the record is kept. The oldest goes first. */
export interface Retention {
  /** Bytes of journals and bodies together. */
  readonly bytesMax: number;
  readonly daysMax: number;
}
