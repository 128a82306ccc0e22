/** Standard input of a program. */

/** Input that waits for a program, bytes. */
export const INPUT_BYTES_MAX = 4 * 1024 * 1024;

export class Input {
  #buffer = Buffer.alloc(0);
  #ended = false;
  #wake: (() => void) | undefined;

  write(bytes: Uint8Array): void {
    if (!this.#ended && this.#buffer.length + bytes.length <= INPUT_BYTES_MAX) {
      this.#buffer = Buffer.concat([this.#buffer, bytes]);
      this.#wake?.();
    }
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  get atEnd(): boolean {
    return this.#ended && this.#buffer.length === 0;
  }

  /** Everything up to the end, or what came in the time. */
  async readAll(ms?: number): Promise<Buffer> {
    let late = false;
    const timer =
      ms === undefined
        ? undefined
        : setTimeout(() => {
            late = true;
            this.#wake?.();
          }, ms);
    while (!this.#ended && !late) {
      await this.#more();
    }
    clearTimeout(timer);
    return this.#take(this.#buffer.length);
  }

  /** The next line without its end; undefined at the end. */
  async readLine(): Promise<string | undefined> {
    for (;;) {
      const end = this.#buffer.indexOf(10);
      if (end >= 0) {
        return this.#take(end + 1).toString("utf8", 0, end);
      }
      if (this.#ended) {
        const rest = this.#take(this.#buffer.length).toString();
        return rest === "" ? undefined : rest;
      }
      await this.#more();
    }
  }

  /** Whole lines that are here already. */
  lines(): string[] {
    const end = this.#ended ? this.#buffer.length : this.#buffer.lastIndexOf(10) + 1;
    return end === 0 ? [] : this.#take(end).toString().replace(/\n$/, "").split("\n");
  }

  /** The next byte; undefined at the end. */
  async readByte(): Promise<number | undefined> {
    while (this.#buffer.length === 0) {
      if (this.#ended) {
        return undefined;
      }
      await this.#more();
    }
    return this.#take(1)[0];
  }

  /** True when a byte has come, which is taken with all before it; false when nobody waits for it any more. */
  async until(wanted: number, signal: AbortSignal): Promise<boolean> {
    signal.addEventListener("abort", () => this.#wake?.(), { once: true });
    for (;;) {
      if (signal.aborted) {
        return false;
      }
      const at = this.#buffer.indexOf(wanted);
      if (at >= 0) {
        this.#take(at + 1);
        return true;
      }
      if (this.#ended) {
        return false;
      }
      await this.#more();
    }
  }

  #take(count: number): Buffer {
    const taken = this.#buffer.subarray(0, count);
    this.#buffer = this.#buffer.subarray(count);
    return Buffer.from(taken);
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      const before = this.#wake;
      this.#wake = () => {
        this.#wake = undefined;
        before?.();
        resolve();
      };
    });
  }
}
