import type { LocalizedText } from "../../base/index.ts";
import type { ReceivedRequest } from "../../engine/index.ts";

/** A request as the data plane received it, before anybody understood it. */
export type JudgedRequest = ReceivedRequest;

/** Who sends a request: a client of the policy, found by the listener and what it proved there. */
export interface ClientIdentity {
  readonly client: string;
}

export interface Judge {
  /**
   * Decides one request. Never throws for what a client sent and never rejects for what an engine answers: both are
   * denials. A rejection is a fault of ours: the data plane stops the request and logs it as a fault.
   */
  judge(received: JudgedRequest, client: ClientIdentity): Promise<Verdict>;
}

export type DecisionWord = "allow" | "deny" | "rewrite";

/** What the gate does with one request, and why. */
export interface Verdict {
  readonly decision: DecisionWord;
  /** A stable word, such as `gain-refused`; docs/guard/policy.md lists them. */
  readonly code: string;
  /** Id of the route in the catalogue; empty when there is none. */
  readonly route: string;
  /** What the client is answered when denied: 400, 403, 404, 413 or 429. 0 when it is forwarded. */
  readonly status: number;
  /** The engine's own error text for the answer `{"message": …}`, in the policy's language. Empty when forwarded. */
  readonly message: string;
  readonly reasons: readonly Reason[];
  readonly gains: readonly string[];
  /** What to send to the engine, written anew; absent when denied. */
  readonly forward?: ForwardedRequest;
  /** How the answer must be filtered for this client. Absent: as it comes. */
  readonly answer?: AnswerFilter;
}

/** One reason for a denial or a change. */
export interface Reason {
  /** The rule of the policy that decided, such as `mounts`. */
  readonly rule: string;
  /** The field of the request, as the Engine API names it. */
  readonly field: string;
  readonly gain: string;
  /** Id of the technique that is closed; empty where the reason is no technique. */
  readonly technique: string;
  readonly message: LocalizedText;
}

/** A request written anew by us. */
export interface ForwardedRequest {
  readonly method: string;
  readonly target: string;
  /** Only headers that we chose to keep or wrote. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Absent: no body, or the stream that {@link streamsBody} names. */
  readonly body?: Uint8Array;
  /** The received body is a stream of bytes that no rule looks into; it is passed on as it comes. */
  readonly streamsBody: boolean;
  /** The engine may take the connection over (attach, exec start). */
  readonly hijacks: boolean;
}

/** Which document an answer is, where it is filtered. */
export type FilteredAnswer =
  | "container-list"
  | "container-inspect"
  | "image-list"
  | "network-list"
  | "network-inspect"
  | "volume-list"
  | "disk-usage"
  | "events";

/** How an answer is cut down, as data. */
export interface AnswerFilter {
  readonly document: FilteredAnswer;
  /** Keep only what carries this label. */
  readonly owner?: { readonly label: string; readonly value: string };
  /** Replace the values of `Config.Env` and of labels that hold secrets by `***`; names stay. */
  readonly hideEnvironment: boolean;
}

/** An object of the engine that was asked for. */
export type LookedUp =
  | { readonly kind: "found"; readonly text: string }
  /** The engine says that there is no such object. */
  | { readonly kind: "absent" }
  /** Several objects match a prefix, or the engine could not be asked. The request is denied. */
  | { readonly kind: "failed"; readonly reason: string };

/**
 * What judging needs to read from the engine. Each call is one bounded GET; nothing is kept between requests, because
 * an object may change hands or its name between two of them.
 */
export interface EngineLookup {
  /** Where the engine listens, for places in messages. */
  readonly uri: string;
  readonly container: (reference: string) => Promise<LookedUp>;
  readonly exec: (id: string) => Promise<LookedUp>;
  readonly volume: (name: string) => Promise<LookedUp>;
  readonly network: (reference: string) => Promise<LookedUp>;
  readonly image: (reference: string) => Promise<LookedUp>;
  /** Containers that carry a label, running or not. */
  readonly containersWithLabel: (label: string) => Promise<LookedUp>;
  readonly info: () => Promise<LookedUp>;
  readonly version: () => Promise<LookedUp>;
}
