import type { LocalizedText } from "../base/index.ts";

/** What is thought of a visit to the decoy. */
export type SessionVerdict = "malicious" | "recon" | "benign";

/** Kinds of things to share about a visit. */
export const INDICATOR_TYPES = [
  "url",
  "domain",
  "ipv4",
  "ipv6",
  "sha256",
  "ssh-key",
  "email",
  "wallet",
  "pool",
  "image",
  "host-path",
  "container-name",
  "user",
  "user-agent",
  "credential",
] as const;

export type IndicatorType = (typeof INDICATOR_TYPES)[number];

/** Something by which the same visitor can be known elsewhere. */
export interface SessionIndicator {
  readonly type: IndicatorType;
  readonly value: string;
  /**
   * `strong`: worth an alarm where it is met. `context`: part of the story, and met in innocent places too (the image
   * `alpine`, the client curl): not for block lists.
   */
  readonly strength: "strong" | "context";
  /** Where it was first seen. */
  readonly request: number;
  /** Somebody's secret: leaked by the visitor, perhaps not theirs. */
  readonly secret?: true;
}

/** One ATT&CK technique of a visit. */
export interface SessionAttack {
  readonly id: string;
  readonly name: string;
  readonly because: LocalizedText;
  /** Stands in the requests, follows from what such requests are for, or is told by reports of the campaign. */
  readonly basis: "observed" | "likely" | "reported";
  readonly request: number;
  /** What was sent: untrusted. */
  readonly quote: string;
}

/** A text that was hidden in a request. */
export interface SessionPayload {
  /** How it was hidden, the outermost first: `["base64", "gzip"]`. */
  readonly layers: readonly string[];
  /** Untrusted. */
  readonly text: string;
  readonly truncated: boolean;
}

/** One step of a visit: a request, or several alike. */
export interface SessionStep {
  readonly time: string;
  /** Numbers of the requests. */
  readonly requests: readonly number[];
  readonly title: LocalizedText;
  /** What more there is to say, in sentences. */
  readonly notes: readonly LocalizedText[];
  /** How bad: nothing, suspicious, harmful. */
  readonly level: "plain" | "warm" | "hot";
  /** `POST /v1.41/containers/create`: untrusted. */
  readonly lines: readonly string[];
  /** What the request carried, shortened: untrusted. */
  readonly excerpt: string;
  /** Parts of the excerpt that matter: untrusted. */
  readonly marks: readonly string[];
  readonly attack: readonly string[];
  /** Techniques of the analyser by which the container would have reached its host. */
  readonly techniques: readonly string[];
  readonly gains: readonly string[];
  readonly payloads: readonly SessionPayload[];
  readonly status?: number;
}

/** A sentence of the story, and the requests that show it. */
export interface SessionSentence {
  readonly text: LocalizedText;
  readonly requests: readonly number[];
  /** What was sent: untrusted. */
  readonly evidence: string;
}

/** A file that a visitor brought. */
export interface SessionFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly request: number;
}

/** Everything that is told of a visit. */
export interface SessionResult {
  readonly id: string;
  readonly started: string;
  readonly ended: string;
  readonly source: {
    readonly address: string;
    readonly userAgents: readonly string[];
    readonly connections: number;
    readonly requests: number;
  };
  readonly verdict: SessionVerdict;
  readonly reasons: readonly { readonly text: LocalizedText; readonly request: number }[];
  readonly attack: readonly SessionAttack[];
  /** Gains that a real engine would have given away. */
  readonly gains: readonly string[];
  readonly indicators: readonly SessionIndicator[];
  readonly timeline: readonly SessionStep[];
  readonly title: LocalizedText;
  readonly story: readonly SessionSentence[];
  readonly files: readonly SessionFile[];
}
