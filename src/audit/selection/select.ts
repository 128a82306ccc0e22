import { ALL_POD_RULES, CHECKS, DOCKERFILE_CHECKS, HOST_CHECKS, IMAGE_CHECKS } from "../../checks/index.ts";
import { type AuditResult, type Finding, SEVERITIES, type Severity } from "../../findings/index.ts";
import { KNOWN_FAULTS, TECHNIQUES } from "../../techniques/index.ts";
import { matchesRule } from "./exceptions.ts";

/** Named sets of rules. */
export const PROFILES = ["escape", "cis-docker-1.6.0", "pss-baseline", "pss-restricted"] as const;

/** One of them. */
export type Profile = (typeof PROFILES)[number];

/** Which findings are looked at. */
export interface Selection {
  readonly profile?: Profile | undefined;
  /** Ids, aliases or patterns; empty: all. */
  readonly rules: readonly string[];
  readonly skipped: readonly string[];
}

/** Keeps the findings of the chosen rules. */
export function selectRules(result: AuditResult, { profile, rules, skipped }: Selection): AuditResult {
  const wanted = (finding: Finding): boolean =>
    (profile === undefined || inProfile(profile, finding)) &&
    (rules.length === 0 || rules.some((rule) => matchesRule(rule, finding))) &&
    !skipped.some((rule) => matchesRule(rule, finding));
  return keep(result, wanted);
}

/** Keeps the findings of a severity and above, for what is shown; what decides the exit status is not asked here. */
export function selectSeverity(result: AuditResult, least: Severity): AuditResult {
  return keep(result, ({ severity }) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least));
}

/** Every rule that a finding may come from. */
const RULES: readonly Pick<Finding, "id" | "aliases">[] = [
  ...[...TECHNIQUES, ...CHECKS, ...DOCKERFILE_CHECKS, ...IMAGE_CHECKS, ...ALL_POD_RULES, ...HOST_CHECKS].map(
    ({ id, aliases }) => ({
      id,
      aliases: aliases ?? {},
    }),
  ),
  ...KNOWN_FAULTS.map(({ id }) => ({ id: id.toLowerCase(), aliases: { cve: [id] } })),
];

/** The patterns of a selection that name no rule there is: a mistake in the command line. */
export function unknownRules(patterns: readonly string[]): readonly string[] {
  return patterns.filter((pattern) => !RULES.some((rule) => matchesRule(pattern, rule)));
}

const escapes = new Set(TECHNIQUES.filter(({ gains }) => gains.length > 0).map(({ id }) => id));

function inProfile(profile: Profile, { id, aliases }: Finding): boolean {
  switch (profile) {
    case "escape":
      return escapes.has(id) || aliases["cve"] !== undefined;
    case "cis-docker-1.6.0":
      return aliases["cis-docker-1.6.0"] !== undefined;
    case "pss-baseline":
      return aliases["pod-security-standards"]?.some((name) => name.startsWith("baseline")) === true;
    case "pss-restricted":
      return aliases["pod-security-standards"] !== undefined;
  }
}

const keep = (result: AuditResult, wanted: (finding: Finding) => boolean): AuditResult => ({
  ...result,
  hostFindings: result.hostFindings.filter(wanted),
  workloads: result.workloads.map((workload) => ({ ...workload, findings: workload.findings.filter(wanted) })),
});
