/** From the worst down. It follows what an attacker gains, not which flag was used. */
export const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const;

/** One of {@link SEVERITIES}. */
export type Severity = (typeof SEVERITIES)[number];

/** Whether a gain or a finding is certain, or depends on something unknown. */
export type Certainty = "yes" | "possible";

/** Negative when `left` is worse than `right`. */
export function compareSeverity(left: Severity, right: Severity): number {
  return SEVERITIES.indexOf(left) - SEVERITIES.indexOf(right);
}
