import type { Socket } from "node:net";
import { INPUT_BYTES_MAX } from "./limits.ts";

/** Why nothing more comes: the visitor finished sending, the connection broke, or the time was over. */
export type InputEnd = "end" | "broken" | "timeout";

/**
 * The bytes of a connection, to be taken a line or a piece at a time. It holds at most {@link INPUT_BYTES_MAX} bytes and
 * what one read of the socket brings; then the socket waits.
 */
export class ByteInput {
  readonly #socket: Socket;
  #pieces: Buffer[] = [];
  #length = 0;
  #end: InputEnd | undefined;
  #wake: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #endListeners = new Set<() => void>();
  /** All bytes that ever came. */
  total = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (bytes: Buffer) => this.#push(bytes));
    socket.on("end", () => this.#finish("end"));
    socket.on("error", () => this.#finish("broken"));
    socket.on("close", () => this.#finish("broken"));
  }

  get length(): number {
    return this.#length;
  }

  get ended(): InputEnd | undefined {
    return this.#end;
  }

  /** Calls once the visitor has finished sending or is gone; at once if that has happened. Returns how to stop listening. */
  onEnd(listener: () => void): () => void {
    if (this.#end !== undefined) {
      listener();
      return () => {};
    }
    this.#endListeners.add(listener);
    return () => this.#endListeners.delete(listener);
  }

  /** Waits until more bytes are there than now. False: there will be none. */
  more(timeoutMs: number): Promise<boolean> | boolean {
    if (this.#end !== undefined) {
      return false;
    }
    const before = this.#length;
    return new Promise((resolve) => {
      this.#timer = setTimeout(() => this.#finish("timeout"), timeoutMs);
      this.#timer.unref();
      this.#wake = () => {
        clearTimeout(this.#timer);
        resolve(this.#length > before);
      };
      this.#flow();
    });
  }

  /** Index of a byte among those that are there, or -1. */
  indexOf(byte: number, from = 0): number {
    const all = this.#all();
    return all === undefined ? -1 : all.indexOf(byte, from);
  }

  /** A byte that is there. */
  at(index: number): number | undefined {
    return this.#all()?.[index];
  }

  /** Takes so many bytes, or as many as there are. */
  take(count: number): Buffer {
    const first = this.#pieces[0];
    if (first === undefined || count <= 0) {
      return EMPTY;
    }
    const all = first.length >= count ? first : (this.#all() ?? EMPTY);
    const taken = all.subarray(0, count);
    if (taken.length === all.length) {
      this.#pieces.shift();
    } else {
      this.#pieces[0] = all.subarray(taken.length);
    }
    this.#length -= taken.length;
    this.#flow();
    return taken;
  }

  /** Takes the next bytes in the piece in which they came, without copying; at most `count`. */
  takePiece(count: number): Buffer {
    return this.take(Math.min(count, this.#pieces[0]?.length ?? 0));
  }

  #all(): Buffer | undefined {
    if (this.#pieces.length > 1) {
      this.#pieces = [Buffer.concat(this.#pieces)];
    }
    return this.#pieces[0];
  }

  #push(bytes: Buffer): void {
    this.#pieces.push(bytes);
    this.#length += bytes.length;
    this.total += bytes.length;
    this.#flow();
    this.#rouse();
  }

  #finish(end: InputEnd): void {
    if (this.#end !== undefined) {
      return;
    }
    this.#end = end;
    this.#rouse();
    for (const listener of this.#endListeners) {
      listener();
    }
    this.#endListeners.clear();
  }

  #rouse(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  #flow(): void {
    if (this.#length > INPUT_BYTES_MAX) {
      this.#socket.pause();
    } else if (this.#socket.isPaused()) {
      this.#socket.resume();
    }
  }
}

const EMPTY = Buffer.alloc(0);
