import type { Severity } from "../../findings/index.ts";

/** What the formats say of a rule, in the report's language. */
export interface RuleText {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly explanation: string;
  /** ATT&CK ids; empty for a check. */
  readonly attack: readonly string[];
  readonly aliases: Readonly<Record<string, readonly string[]>>;
}

/** Finds the rule behind a finding's id; `undefined` for a rule that the catalogue does not hold. */
export type RuleLookup = (id: string) => RuleText | undefined;
