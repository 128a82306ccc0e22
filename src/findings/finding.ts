import type { LocalizedText } from "../base/index.ts";
import type { Known, Place } from "../facts/index.ts";
import type { Certainty, Severity } from "./severity.ts";

/** A fact in a proof: what holds, how surely, and where it was written. */
export interface Evidence {
  /** The fact in the vocabulary's words, for example `cap(SYS_ADMIN)`. */
  readonly fact: string;
  readonly known: Known;
  readonly from: Place;
  /** The fact was not known and the ordinary value of such hosts was taken (docs/host-facts.md lists them). */
  readonly presumed?: true;
}

/** One step of an escape path: a technique, and the facts and earlier gains that made it possible. */
export interface Step {
  readonly technique: string;
  readonly because: readonly Evidence[];
  /** Gains of earlier steps that this step builds on. */
  readonly uses: readonly string[];
  readonly gains: readonly string[];
}

/** A proof that a gain can be reached. */
export interface EscapePath {
  readonly gain: string;
  readonly certainty: Certainty;
  /** ATT&CK ids of all steps, without repetition. */
  readonly attack: readonly string[];
  readonly steps: readonly Step[];
  /** The identity that the path runs as: `0` (root in the container), a uid, or a user name. */
  readonly identity: string;
  /** Facts that are unknown and decide; empty when the certainty is `yes`. */
  readonly decidedBy: readonly string[];
}

/** What a process in the workload can win. */
export interface Gain {
  readonly gain: string;
  readonly certainty: Certainty;
  /** Techniques that reach it directly. */
  readonly techniques: readonly string[];
  /** Facts that are unknown and decide; empty when the certainty is `yes`. */
  readonly decidedBy: readonly string[];
}

/** A technique or a check that applies to one workload. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly title: LocalizedText;
  /** What it means here, in a sentence or two. */
  readonly message: LocalizedText;
  readonly location: Place;
  /** Numbers of the same thing elsewhere, by versioned catalogue: `{ "cis-docker-1.6.0": ["5.5"] }`. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  /** Stable over runs and over shifted lines. */
  readonly fingerprint: string;
}

/** One edit of the configuration or of the host. */
export interface Change {
  readonly id: string;
  readonly summary: LocalizedText;
  /** In the edit language of docs/edits.md: `HostConfig.Privileged=false`, `HostConfig.CapAdd-=SYS_ADMIN`, `host.usernsRemap=true`. */
  readonly edit: string;
}

/** A set of changes that was applied, re-derived and re-evaluated. */
export interface Fix {
  readonly changes: readonly Change[];
  /** Gains that are gone afterwards, whichever way the unknown facts fall. */
  readonly closes: readonly string[];
  /** How much it disturbs the workload; smaller is better. */
  readonly cost: number;
  /** What remains open afterwards. */
  readonly remains: readonly string[];
  /** `partial`: improves, but some gain of the same rank stays. `replacement`: keeps what the privilege was used for. */
  readonly kind: "closing" | "partial" | "replacement";
  /** What the workload loses or has to change, where that can be told. */
  readonly note?: LocalizedText;
}

/** A set of changes that looks like a fix and makes the engine refuse the container. */
export interface RefusedFix {
  readonly changes: readonly Change[];
  readonly reason: LocalizedText;
}
