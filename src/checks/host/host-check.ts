import type { LocalizedText } from "../../base/index.ts";
import type { DaemonFacts, Place } from "../../facts/index.ts";
import type { Severity } from "../../findings/index.ts";

/**
 * What a check of the host came to. `unknown`: it cannot be told from here. `not-applicable`: the thing that it is about
 * is not there, which is no pass.
 */
export type HostVerdict =
  | { readonly status: "pass" | "unknown" | "not-applicable" }
  | { readonly status: "fail"; readonly place: Place; readonly detail?: LocalizedText };

/** A rule about the daemon, its files or its host. */
export interface HostCheck {
  /** Never renamed or reused once released. */
  readonly id: string;
  readonly severity: Exclude<Severity, "critical">;
  readonly title: LocalizedText;
  /** Why it matters, and what to do instead. */
  readonly explanation: LocalizedText;
  /** Numbers in benchmarks, by versioned catalogue. Only the numbers; the words are ours. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  readonly examine: (daemon: DaemonFacts) => HostVerdict;
}

export const PASS: HostVerdict = { status: "pass" };
export const UNKNOWN: HostVerdict = { status: "unknown" };
export const NOT_APPLICABLE: HostVerdict = { status: "not-applicable" };

/** Pass, or a failure at a place. */
export const passIf = (good: boolean, place: Place, detail?: LocalizedText): HostVerdict =>
  good ? PASS : { status: "fail", place, ...(detail && { detail }) };
