import type { Reason } from "../judge/index.ts";

/** Every event that the gate emits. An id is never renamed. */
export const GUARD_EVENTS = [
  "guard.started",
  "guard.stopped",
  "guard.request.allowed",
  "guard.request.denied",
  "guard.request.rewritten",
  "guard.request.faulted",
  "guard.policy.loaded",
  "guard.policy.rejected",
  "guard.log.recovered",
  "guard.log.resumed",
  "guard.log.reopened",
] as const;

export type GuardEventId = (typeof GUARD_EVENTS)[number];

/** What every event says. */
export interface GuardEvent {
  readonly id: GuardEventId;
  /** RFC 3339, UTC. */
  readonly time: string;
  /** Name of the machine that the gate runs on. */
  readonly host: string;
}

/** A decision about one request, or why there is none. */
export interface RequestEvent extends GuardEvent {
  readonly client: string;
  /** The address that the request came in by. */
  readonly listener: string;
  readonly decision: "allow" | "deny" | "rewrite" | "fault";
  /** False in shadow mode: the request went on although it was refused. */
  readonly enforced: boolean;
  readonly code: string;
  readonly route: string;
  /** Status of the gate's own answer; absent when the engine answers. */
  readonly status?: number;
  readonly method: string;
  /** Path and query, secrets masked; written anew where the request was understood. */
  readonly target: string;
  readonly upgrade?: string;
  /** SHA-256 of the body that is forwarded, or of the one that was refused. Not of streams. */
  readonly bodySha256?: string;
  /** The body, secrets masked, when it is JSON and small enough for `learn` and `replay`. */
  readonly body?: unknown;
  readonly bodyOmitted?: "too-large" | "streamed" | "not-json";
  readonly reasons: readonly Reason[];
  readonly gains: readonly string[];
  /** From the whole request to the decision. */
  readonly ms: number;
}
