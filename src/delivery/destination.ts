/** A place outside that messages are sent to, one at a time. */
export interface Destination {
  /** As it was written in the configuration; without what may be secret in it. */
  readonly name: string;
  /** Sends one message. Throws {@link Refused} when it will never be taken, anything else when a later try may do. */
  send(message: string): Promise<void>;
}

/** The other side understood and does not want it; trying again would not help. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly code = "DELIVERY_REFUSED";
}

/** Longest that one attempt may take, milliseconds. */
export const ATTEMPT_MS_MAX = 10_000;
