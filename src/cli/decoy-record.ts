import {
  RecordMissing,
  readRecord,
  recordedIdle,
  reportSession,
  SESSION_IDLE_MS_DEFAULT,
  type Visit,
  VisitJoiner,
} from "../decoy/index.ts";
import type { SessionResult } from "../findings/index.ts";

/** Most sessions that one report holds in memory; the newest count. */
export const SESSIONS_MAX = 20_000;

/** Longest silence that may be asked for: a week. */
const IDLE_MS_MAX = 7 * 86_400_000;

/** Milliseconds of `--session-idle`, else what the decoy was run with, else 10 minutes; a text says what is wrong. */
export async function idleOf(option: string | undefined, dir?: string): Promise<number | string> {
  if (option === undefined) {
    return (dir === undefined ? undefined : await recordedIdle(dir)) ?? SESSION_IDLE_MS_DEFAULT;
  }
  const milliseconds = /^\d{1,9}$/.test(option) ? Number(option) : 0;
  return milliseconds >= 1 && milliseconds <= IDLE_MS_MAX
    ? milliseconds
    : `--session-idle takes milliseconds from 1 to ${IDLE_MS_MAX}`;
}

/**
 * The sessions of a record, oldest first. A visit is told as soon as it is over, so that only the open ones are in memory.
 *
 * @throws {RecordMissing} when there is no record.
 */
export async function sessionsOf(
  dir: string,
  idleMs: number,
  wanted: (visit: Visit) => boolean = () => true,
): Promise<readonly SessionResult[]> {
  const joiner = new VisitJoiner(idleMs);
  const results: SessionResult[] = [];
  const tell = (visits: readonly Visit[]) => {
    results.push(...visits.filter(wanted).map(reportSession));
    if (results.length > SESSIONS_MAX) {
      results.splice(0, results.length - SESSIONS_MAX);
    }
  };
  for await (const placed of readRecord(dir)) {
    tell(joiner.take(placed));
  }
  tell(joiner.unfinished());
  return results.sort((left, right) => left.started.localeCompare(right.started));
}

/** What to tell the user when there is no record. */
export const missingText = (error: RecordMissing): string =>
  `there is no record in ${error.message}; was a decoy run with this --dir?`;

/** Whether an error says that there is no record. */
export const isMissing = (error: unknown): error is RecordMissing => error instanceof RecordMissing;
