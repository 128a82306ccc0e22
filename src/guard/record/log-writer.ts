import { GateFault } from "../gate-error.ts";
import { LOG_GATHER_MS_MAX, LOG_PENDING_BYTES_MAX, LOG_RETRY_MS } from "../limits.ts";
import { type ChainEnd, seal } from "./chain.ts";
import type { GuardEvent } from "./events.ts";
import type { LogTarget, OpenedLog } from "./log-file.ts";

/** Somebody who goes on only when a record is on the disk. */
interface Waiter {
  readonly sequence: number;
  readonly resolve: () => void;
  readonly reject: (fault: GateFault) => void;
}

export interface LogWriterOptions {
  /** A request goes on only when its record is on the disk. */
  readonly durable: boolean;
  /** Makes the events that the writer has to say for itself. */
  readonly event: (id: GuardEvent["id"], details: object) => GuardEvent;
  /** Told once when writing begins to fail, and once when it works again (`undefined`). */
  readonly onTrouble: (cause: unknown) => void;
}

/**
 * Writes sealed records one after another. Records are gathered and written together; a write that fails is tried again
 * from the byte where it stopped, so a full disk leaves no gap in the chain. While it fails, {@link append} refuses.
 */
export class LogWriter {
  readonly #options: LogWriterOptions;
  #target: LogTarget;
  #end: ChainEnd;
  #pending: string[] = [];
  #pendingBytes = 0;
  /** Bytes of a write that was not finished. */
  #rest: Buffer | undefined;
  #waiters: Waiter[] = [];
  #timer: NodeJS.Timeout | undefined;
  #hurried = false;
  #writing: Promise<void> | undefined;
  #trouble: { readonly since: string; refused: number; readonly notForwarded: number[] } | undefined;

  constructor(opened: OpenedLog, options: LogWriterOptions) {
    this.#options = options;
    this.#target = opened.target;
    this.#end = opened.end;
    if (opened.torn !== undefined) {
      this.#push("\n");
      this.#add(options.event("guard.log.recovered", { torn: opened.torn }));
    }
  }

  /** Number of the next record. */
  get nextSequence(): number {
    return this.#end.nextSequence;
  }

  get isFailing(): boolean {
    return this.#trouble !== undefined;
  }

  /**
   * Takes a record. When the log is durable, resolves as soon as it is on the disk.
   *
   * @throws {GateFault} `log-unwritable`, at once or later: the request must not go on.
   */
  append(event: GuardEvent): Promise<void> | undefined {
    if (this.#trouble !== undefined || this.#pendingBytes > LOG_PENDING_BYTES_MAX) {
      if (this.#trouble !== undefined) {
        this.#trouble.refused += 1;
      }
      throw unwritable();
    }
    const sequence = this.#add(event);
    if (!this.#options.durable) {
      this.#timer ??= setTimeout(() => this.#flush(), LOG_GATHER_MS_MAX);
      return undefined;
    }
    return new Promise((resolve, reject) => {
      this.#waiters.push({ sequence, resolve, reject });
      if (this.#writing === undefined && !this.#hurried) {
        this.#hurried = true;
        setImmediate(() => this.#flush());
      }
    });
  }

  /** Takes a record that nobody waits for and that is never refused: of the gate itself, not of a request. */
  note(event: GuardEvent): void {
    if (this.#pendingBytes <= 2 * LOG_PENDING_BYTES_MAX) {
      this.#add(event);
      this.#timer ??= setTimeout(() => this.#flush(), LOG_GATHER_MS_MAX);
    }
  }

  /** Goes on in another file, as after a rotation. The chain goes on, too. */
  async reopen(open: () => Promise<OpenedLog>): Promise<void> {
    await this.#drain();
    const { target } = await open();
    const old = this.#target;
    this.#target = target;
    await old.close();
    this.note(this.#options.event("guard.log.reopened", {}));
  }

  /** Writes what is left, if it can be written, and closes the file. */
  async close(): Promise<void> {
    await this.#drain();
    clearTimeout(this.#timer);
    await this.#target.close();
  }

  async #drain(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#writing;
    if (this.#trouble === undefined) {
      this.#flush();
      await this.#writing;
    }
  }

  #add(event: GuardEvent): number {
    const { line, end } = seal(event, this.#end);
    const sequence = this.#end.nextSequence;
    this.#end = end;
    this.#push(`${line}\n`);
    return sequence;
  }

  #push(text: string): void {
    this.#pending.push(text);
    this.#pendingBytes += text.length;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#hurried = false;
    if (this.#writing !== undefined) {
      return; // what came meanwhile is written when this one is done
    }
    this.#writing = this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
  }

  /** Ends when nothing is left to write, or with trouble. Each round takes everything that is there. */
  async #writeAll(): Promise<void> {
    while (this.#rest !== undefined || this.#pending.length > 0 || this.#trouble !== undefined) {
      const upTo = this.#end.nextSequence;
      const fresh = this.#pending.join("");
      this.#pending = [];
      let rest = this.#rest === undefined ? Buffer.from(fresh) : Buffer.concat([this.#rest, Buffer.from(fresh)]);
      this.#pendingBytes = rest.length;
      try {
        while (rest.length > 0) {
          const taken = await this.#target.write(rest);
          if (taken === 0) {
            throw new LogStalledError("a write took no bytes");
          }
          rest = rest.subarray(taken);
        }
        this.#rest = undefined;
        if (this.#options.durable) {
          await this.#target.sync();
        }
      } catch (cause) {
        this.#rest = rest.length > 0 ? rest : undefined;
        this.#fail(cause);
        return;
      }
      this.#pendingBytes = this.#pending.reduce((sum, text) => sum + text.length, 0);
      this.#release(upTo);
      this.#recover();
    }
  }

  #release(upTo: number): void {
    const waiters = this.#waiters;
    this.#waiters = waiters.filter(({ sequence }) => sequence >= upTo);
    for (const { sequence, resolve } of waiters) {
      if (sequence < upTo) {
        resolve();
      }
    }
  }

  #fail(cause: unknown): void {
    if (this.#trouble === undefined) {
      this.#trouble = { since: new Date().toISOString(), refused: 0, notForwarded: [] };
      this.#options.onTrouble(cause);
    }
    for (const { sequence, reject } of this.#waiters.splice(0)) {
      this.#trouble.notForwarded.push(sequence);
      reject(unwritable());
    }
    this.#timer ??= setTimeout(() => this.#flush(), LOG_RETRY_MS);
  }

  #recover(): void {
    if (this.#trouble !== undefined) {
      const trouble = this.#trouble;
      this.#trouble = undefined;
      this.#options.onTrouble(undefined);
      this.#add(this.#options.event("guard.log.resumed", trouble));
    }
  }
}

class LogStalledError extends Error {
  override readonly name = "LogStalledError";
}

function unwritable(): GateFault {
  return new GateFault("log-unwritable", {
    en: "sekisho: the gate cannot write its log, so it lets nothing through: is the disk full?",
    ja: "sekisho: ゲートがログを書き込めないため、リクエストを通しません。ディスクの空き容量を確認してください。",
  });
}
