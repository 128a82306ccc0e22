import type { Socket } from "node:net";
import { PIPELINED_REQUESTS_MAX } from "../limits.ts";

/**
 * Requests of one connection, one after another. Node's server hands over requests that were sent ahead at once; an
 * engine runs them in order, and a start must not overtake its create.
 */
export class Order {
  #waiting: (() => Promise<void>)[] = [];
  #busy = false;
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Runs when everything before it has ended. Too many cut the connection. */
  run(work: () => Promise<void>): void {
    if (this.#busy) {
      if (this.#waiting.length === PIPELINED_REQUESTS_MAX) {
        this.#socket.destroy();
        return;
      }
      this.#waiting.push(work);
      return;
    }
    this.#busy = true;
    void this.#runAll(work);
  }

  async #runAll(first: () => Promise<void>): Promise<void> {
    for (let work: (() => Promise<void>) | undefined = first; work !== undefined; work = this.#waiting.shift()) {
      if (this.#socket.destroyed) {
        break;
      }
      await work();
    }
    this.#busy = false;
  }
}
