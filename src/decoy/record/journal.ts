import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { JOURNAL_FILE_BYTES_MAX } from "./limits.ts";

/** What the journal tells about itself. */
export interface JournalEvents {
  /** A fault of the disk: the lines of this batch may be lost. */
  readonly fault: (error: unknown) => void;
  /** A file was ended and another begun: time to look at what may go. */
  readonly rolled: () => void;
}

interface Waiting {
  readonly line: string;
  readonly done: (() => void) | undefined;
}

/**
 * Lines that are written to disk many at a time. Whoever waits for a line waits for one `fdatasync` that all the lines
 * share which came in while the one before was under way: the more visitors, the more lines for each.
 */
export class Journal {
  readonly #folder: string;
  readonly #events: JournalEvents;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #file: { readonly handle: FileHandle; readonly number: number } | undefined;
  #fileBytes = 0;
  #lastNumber: number;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(folder: string, lastNumber: number, events: JournalEvents) {
    this.#folder = folder;
    this.#lastNumber = lastNumber;
    this.#events = events;
  }

  /** Bytes that are not on disk yet. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** Adds a line without waiting for it. */
  add(line: string): void {
    this.#push({ line, done: undefined });
  }

  /** Adds a line; fulfilled when it is on disk, or when the disk has failed. */
  addAndWait(line: string): Promise<void> {
    return new Promise((resolve) => this.#push({ line, done: resolve }));
  }

  /** Writes what waits and ends the file. */
  async close(): Promise<void> {
    while (this.#running !== undefined) {
      await this.#running;
    }
    this.#closed = true;
    await this.#file?.handle.close();
    this.#file = undefined;
  }

  #push(waiting: Waiting): void {
    if (this.#closed) {
      waiting.done?.();
      return;
    }
    this.#waiting.push(waiting);
    this.#waitingBytes += waiting.line.length;
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    // One turn of the loop, so that lines which come together are written together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#write(batch.map(({ line }) => line).join(""));
      } catch (error) {
        this.#events.fault(error);
        await this.#abandon();
      }
      this.#waitingBytes = this.#waiting.reduce((sum, { line }) => sum + line.length, 0);
      for (const { done } of batch) {
        done?.();
      }
    }
    this.#running = undefined;
  }

  async #write(text: string): Promise<void> {
    if (this.#file === undefined || this.#fileBytes >= JOURNAL_FILE_BYTES_MAX) {
      await this.#next();
    }
    const bytes = Buffer.from(text);
    await this.#file?.handle.appendFile(bytes);
    await this.#file?.handle.datasync();
    this.#fileBytes += bytes.length;
  }

  async #next(): Promise<void> {
    await this.#file?.handle.close();
    this.#lastNumber += 1;
    // `ax`: never into a file of another run, so that a line which a crash cut stays the last one of its file.
    const handle = await open(join(this.#folder, journalName(this.#lastNumber)), "ax", 0o600);
    this.#file = { handle, number: this.#lastNumber };
    this.#fileBytes = 0;
    this.#events.rolled();
    await syncFolder(this.#folder);
  }

  /** After a fault nobody knows what stands at the end of the file: the next batch begins another one. */
  async #abandon(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    try {
      await file?.handle.close();
    } catch (error) {
      this.#events.fault(error);
    }
  }
}

/** A new file survives a crash only when its folder is on disk too. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Name of a journal file: sorts by age. */
export const journalName = (number: number): string => `${String(number).padStart(8, "0")}.jsonl`;

/** The number of a journal file; `undefined` for other files. */
export const journalNumber = (name: string): number | undefined => {
  const digits = /^(\d{8})\.jsonl$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
};
