/** Bounded waiting. */
import { setTimeout as pause } from "node:timers/promises";
import { POLL_PAUSE_MS } from "./limits.ts";

/** Looks again and again until `look` returns something or the time is over; then the answer is `undefined`. */
export async function waitUntil<Seen>(
  look: () => Seen | undefined | Promise<Seen | undefined>,
  timeoutMs: number,
): Promise<Seen | undefined> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined || performance.now() >= deadline) {
      return seen;
    }
    await pause(POLL_PAUSE_MS);
  }
}
