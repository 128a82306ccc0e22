/** What one source (an address) may use of the decoy, so that a flood from one leaves room for the others. */

/** Open connections of all sources. */
export const CONNECTIONS_MAX = 4096;

/** Open connections of one source. */
export const CONNECTIONS_PER_SOURCE_MAX = 2500;

/** Requests a second that one source may send on the average; above it, its requests wait. */
export const REQUESTS_PER_SECOND_MAX = 8000;

/** Requests that a source may send at once after a pause. */
export const REQUESTS_BURST_MAX = 16_000;

/** Sources that are remembered; beyond it, those without connections are forgotten. */
export const SOURCES_MAX = 8192;

interface Source {
  connections: number;
  tokens: number;
  refilledAt: number;
}

/** Counts the connections and requests of each source. */
export class Sources {
  readonly #sources = new Map<string, Source>();
  #connections = 0;

  /** False: the connection is over a limit and is closed without an answer. */
  open(address: string): boolean {
    if (this.#connections >= CONNECTIONS_MAX) {
      return false;
    }
    const source = this.#source(address);
    if (source.connections >= CONNECTIONS_PER_SOURCE_MAX) {
      return false;
    }
    source.connections += 1;
    this.#connections += 1;
    return true;
  }

  close(address: string): void {
    const source = this.#sources.get(address);
    if (source !== undefined) {
      source.connections -= 1;
      this.#connections -= 1;
    }
  }

  /** Takes the right to one request; the returned promise is fulfilled when it may go on. */
  admit(address: string): Promise<void> | undefined {
    const source = this.#source(address);
    const now = Date.now();
    source.tokens = Math.min(
      REQUESTS_BURST_MAX,
      source.tokens + ((now - source.refilledAt) * REQUESTS_PER_SECOND_MAX) / 1000,
    );
    source.refilledAt = now;
    source.tokens -= 1;
    if (source.tokens >= 0) {
      return undefined;
    }
    const waitMs = (-source.tokens * 1000) / REQUESTS_PER_SECOND_MAX;
    return new Promise((resolve) => setTimeout(resolve, waitMs));
  }

  #source(address: string): Source {
    let source = this.#sources.get(address);
    if (source === undefined) {
      if (this.#sources.size >= SOURCES_MAX) {
        this.#forget();
      }
      source = { connections: 0, tokens: REQUESTS_BURST_MAX, refilledAt: Date.now() };
      this.#sources.set(address, source);
    }
    return source;
  }

  #forget(): void {
    for (const [address, source] of this.#sources) {
      if (source.connections === 0) {
        this.#sources.delete(address);
      }
    }
  }
}
