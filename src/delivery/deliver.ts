import { setTimeout as pause } from "node:timers/promises";
import { type Destination, Refused } from "./destination.ts";

/** How often and how patiently a message is tried. */
export interface Patience {
  /** Attempts for one message; `Infinity`: until it is taken. */
  readonly attemptsMax: number;
  /** Milliseconds after the first failure; doubled after each, up to {@link PAUSE_MS_MAX}. */
  readonly firstPauseMs: number;
}

/** Longest pause between two attempts, milliseconds. */
export const PAUSE_MS_MAX = 60_000;

/** How it ended. */
export type Delivery = "delivered" | "refused" | "given-up" | "stopped";

/** Sends one message, again and again where that may help. `complain` hears of every failure. */
export async function deliver(
  destination: Destination,
  message: string,
  { attemptsMax, firstPauseMs }: Patience,
  stop: AbortSignal,
  complain: (text: string) => void,
): Promise<Delivery> {
  let pauseMs = firstPauseMs;
  for (let attempt = 1; attempt <= attemptsMax && !stop.aborted; attempt += 1) {
    try {
      await destination.send(message);
      return "delivered";
    } catch (error) {
      complain(`${destination.name}: ${error instanceof Error ? reasonOf(error) : String(error)}`);
      if (error instanceof Refused) {
        return "refused";
      }
    }
    if (attempt < attemptsMax) {
      await pause(pauseMs, undefined, { signal: stop }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX);
    }
  }
  return stop.aborted ? "stopped" : "given-up";
}

/** `fetch failed` says little; what caused it says more. */
const reasonOf = (error: Error): string => (error.cause instanceof Error ? error.cause.message : error.message);
