import type { Readable } from "node:stream";
import type { LocalizedText } from "../../base/index.ts";
import { LOG_LINE_BYTES_MAX } from "../limits.ts";
import { CHAIN_START, type OpenedRecord, sha256, unseal } from "./chain.ts";

/** Problems of one log that are listed; more are counted. */
export const LOG_PROBLEMS_MAX = 100;

export type LogProblemKind =
  /** A record's bytes are not those that were sealed, or it is no record. */
  | "edited"
  /** Records before this one are missing. */
  | "cut"
  /** This record stands after one that it does not follow: moved, repeated or put in. */
  | "reordered";

export interface LogProblem {
  readonly kind: LogProblemKind;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text: LocalizedText;
}

/** What was found in a log. */
export interface LogVerdict {
  readonly records: number;
  readonly firstSequence?: number;
  readonly lastSequence?: number;
  /** Keep it elsewhere: a log that was cut at its end is whole as far as it goes, and only this tells. */
  readonly lastHash?: string;
  readonly problems: readonly LogProblem[];
  /** All of them, those that are not listed too. */
  readonly problemCount: number;
  /** The last record broke off, as after a crash; what stands before it is judged apart. */
  readonly torn?: { readonly file: string; readonly line: number; readonly bytes: number };
  /** The gate stopped in good order after the last record. */
  readonly closed: boolean;
}

/** Walks along the chain of one or several files, the oldest first. */
export class LogVerifier {
  #records = 0;
  #first: OpenedRecord | undefined;
  #last: OpenedRecord | undefined;
  readonly #problems: LogProblem[] = [];
  #problemCount = 0;
  #torn: LogVerdict["torn"];
  /** Lines since the last good record that could not be opened. */
  #editedSince = 0;
  /** A line that could not be opened; the next record may explain it as a torn one. */
  #unexplained: { readonly line: Buffer; readonly at: { readonly file: string; readonly line: number } } | undefined;

  /** Reads one file. A line longer than any record is a problem, and is skipped. */
  async read(file: string, source: Readable): Promise<void> {
    let line = 0;
    let rest: Buffer = Buffer.alloc(0);
    let overlong = false;
    for await (const chunk of source as AsyncIterable<Buffer>) {
      let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a)) {
        line += 1;
        this.#take(overlong ? Buffer.alloc(0) : bytes.subarray(0, end), { file, line });
        overlong = false;
        bytes = bytes.subarray(end + 1);
      }
      overlong ||= bytes.length > LOG_LINE_BYTES_MAX;
      rest = overlong ? Buffer.alloc(0) : bytes;
    }
    if (rest.length > 0 || overlong) {
      this.#explainNothing();
      this.#torn = { file, line: line + 1, bytes: rest.length };
    }
  }

  /** The verdict after the last file. */
  end(): LogVerdict {
    this.#explainNothing();
    return {
      records: this.#records,
      ...(this.#first !== undefined && { firstSequence: this.#first.sequence }),
      ...(this.#last !== undefined && { lastSequence: this.#last.sequence, lastHash: this.#last.hash }),
      problems: this.#problems,
      problemCount: this.#problemCount,
      ...(this.#torn !== undefined && { torn: this.#torn }),
      closed: this.#last?.id === "guard.stopped" && this.#torn === undefined,
    };
  }

  #take(line: Buffer, at: { readonly file: string; readonly line: number }): void {
    this.#torn = undefined; // of an older file: this one goes on
    const record = unseal(line.toString("utf8"));
    if (record === undefined) {
      this.#explainNothing();
      this.#unexplained = { line, at };
      return;
    }
    if (this.#unexplained !== undefined && explains(record, this.#unexplained.line)) {
      this.#unexplained = undefined;
    }
    this.#explainNothing();
    this.#follow(record, at, this.#editedSince);
    this.#editedSince = 0;
    this.#records += 1;
    this.#first ??= record;
    this.#last = record;
  }

  /** Compares a record with the one before it. */
  #follow(record: OpenedRecord, at: { readonly file: string; readonly line: number }, editedBetween: number): void {
    const last = this.#last;
    const expected = last === undefined ? record.sequence : last.sequence + 1;
    const holds =
      last === undefined
        ? record.sequence !== 0 || record.previousHash === CHAIN_START
        : record.sequence === expected && record.previousHash === last.hash;
    if (holds || (editedBetween > 0 && record.sequence === expected + editedBetween)) {
      return; // the edited records between them have been reported
    }
    if (record.sequence > expected) {
      const missing = record.sequence - expected;
      this.#report("cut", at, {
        en: `${missing} ${missing === 1 ? "record is" : "records are"} missing before record ${record.sequence}`,
        ja: `レコード ${record.sequence} の前で ${missing} 件のレコードが失われています。`,
      });
    } else {
      this.#report("reordered", at, {
        en: `record ${record.sequence} does not follow the record before it: moved, repeated or put in`,
        ja: `レコード ${record.sequence} は直前のレコードに続くものではありません（移動・重複・挿入のいずれか）。`,
      });
    }
  }

  #explainNothing(): void {
    if (this.#unexplained !== undefined) {
      this.#editedSince += 1;
      this.#report("edited", this.#unexplained.at, {
        en: "this is not the record that was sealed: edited, or no record",
        ja: "封印されたレコードと一致しません。書き換えられたか、レコードではありません。",
      });
      this.#unexplained = undefined;
    }
  }

  #report(kind: LogProblemKind, { file, line }: { readonly file: string; readonly line: number }, text: LocalizedText) {
    this.#problemCount += 1;
    if (this.#problems.length < LOG_PROBLEMS_MAX) {
      this.#problems.push({ kind, file, line, text });
    }
  }
}

/** Whether a record says of the line before it that a crash tore it. */
function explains({ id, event }: OpenedRecord, line: Buffer): boolean {
  const { torn } = event as { torn?: { bytes?: unknown; sha256?: unknown } };
  return id === "guard.log.recovered" && torn?.bytes === line.length && torn.sha256 === sha256(line);
}
