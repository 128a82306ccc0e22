import type { ClientRules } from "../../policy/index.ts";

interface Bucket {
  tokens: number;
  at: number;
}

/** Counts requests per client: a bucket that fills at the rate of the policy and holds its burst. */
export class RateLimits {
  readonly #now: () => number;
  /** One for each client of the policy, whose number is bounded. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether one more request of a client may pass. */
  take({ name, limits }: ClientRules): boolean {
    const rate = limits.requestsPerSecond;
    if (rate === undefined) {
      return true;
    }
    const now = this.#now();
    const bucket = this.#buckets.get(name) ?? { tokens: limits.requestBurst, at: now };
    bucket.tokens = Math.min(limits.requestBurst, bucket.tokens + ((now - bucket.at) / 1000) * rate);
    bucket.at = now;
    this.#buckets.set(name, bucket);
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens -= 1;
    return true;
  }
}
