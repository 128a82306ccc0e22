/** Whether a fact holds: `unknown` is a third value, never a quiet `no`. */
export type Known = "yes" | "no" | "unknown";

/** For a danger: present unless we know that it is absent. */
export const mayHold = (known: Known): boolean => known !== "no";

/** For a protection: absent unless we know that it is present. */
export const surelyHolds = (known: Known): boolean => known === "yes";

/** A boolean that is known. */
export const knownBoolean = (value: boolean): Known => (value ? "yes" : "no");

/** Kleene's conjunction: `no` wins, then `unknown`. */
export function and(left: Known, right: Known): Known {
  if (left === "no" || right === "no") {
    return "no";
  }
  return left === "yes" ? right : left;
}

/** Kleene's disjunction: `yes` wins, then `unknown`. */
export function or(left: Known, right: Known): Known {
  if (left === "yes" || right === "yes") {
    return "yes";
  }
  return left === "no" ? right : left;
}

/** Kleene's negation: `unknown` stays. */
export function not(known: Known): Known {
  return known === "unknown" ? "unknown" : known === "yes" ? "no" : "yes";
}
