import { fingerprint, invariant } from "../base/index.ts";
import { type AppliedCheck, applyChecks, CHECKS } from "../checks/index.ts";
import { type HostFacts, LEVEL, mainField, placeOf, type View, type Workload } from "../facts/index.ts";
import { compareSeverity, type Finding } from "../findings/index.ts";
import { type Applied, type CveMatch, matchCves, witnessOf } from "../techniques/index.ts";
import type { Analysis } from "./analyse.ts";

/** One finding for every technique and every check that applies, and `others`; the worst and surest first. */
export function findingsOf(analysis: Analysis, others: readonly Finding[] = []): readonly Finding[] {
  const techniques = analysis.reached.applied.map((applied) => ofTechnique(applied, analysis));
  const checks = applyChecks(CHECKS, analysis.facts, analysis.host).map((applied) => ofCheck(applied, analysis));
  return [...techniques, ...checks, ...others].sort(compareFindings);
}

function ofTechnique(applied: Applied, { reached }: Analysis): Finding {
  const { technique, level } = applied;
  const { fields, view } = witnessOf(applied, reached);
  return {
    id: technique.id,
    severity: technique.severity,
    certainty: level === LEVEL.yes ? "yes" : "possible",
    title: technique.title,
    message: technique.explanation,
    ...locate(technique.id, fields, view, technique.aliases),
  };
}

function ofCheck({ check, certainty, fields }: AppliedCheck, { reached }: Analysis): Finding {
  const view = reached.views[0];
  invariant(view !== undefined, "a container starts as somebody");
  return {
    id: check.id,
    severity: check.severity,
    certainty,
    title: check.title,
    message: check.explanation,
    ...locate(check.id, fields, view, check.aliases),
  };
}

/** Where a finding points to, and what tells it from others. */
function locate(id: string, fields: readonly string[], view: View, aliases: Finding["aliases"] = {}) {
  const { workload } = view.container;
  const field = mainField(fields, view) ?? "";
  return {
    // A finding of a workload is read where the workload is written, also when the host decided it.
    location: field.startsWith("host.") ? workload.source : placeOf([field], view),
    aliases,
    fingerprint: fingerprintOf(id, workload, field),
  };
}

/** Neither the line nor the position in a list counts, so that a finding stays the same when others come and go. */
const fingerprintOf = (id: string, workload: Workload, field: string): string =>
  fingerprint(id, workload.id, field.replace(/\[\d+\]/g, "[]"));

/**
 * Published faults of the engine, its runtimes and the kernel, by their versions: always possible, never certain, for
 * distributions mend without a new number. Reported once for the host, when at least one workload meets the conditions.
 */
export function hostFindingsOf(host: HostFacts, views: readonly View[]): readonly Finding[] {
  const matches = new Map<string, CveMatch>();
  for (const match of views.length === 0 ? matchCves(host) : views.flatMap((view) => matchCves(host, view))) {
    matches.set(match.fault.id, match);
  }
  return [...matches.values()].map((match) => ofFault(match, host)).sort(compareFindings);
}

function ofFault({ fault, message, hostKey }: CveMatch, host: HostFacts): Finding {
  const id = fault.id.toLowerCase();
  return {
    id,
    severity: fault.severity,
    certainty: "possible",
    title: fault.title,
    message,
    location: host.where(hostKey ?? "engine"),
    aliases: { cve: [fault.id] },
    fingerprint: fingerprint(id, "host"),
  };
}

/** Certain before possible within a severity, then by id. */
export function compareFindings(left: Finding, right: Finding): number {
  return (
    compareSeverity(left.severity, right.severity) ||
    Number(left.certainty === "possible") - Number(right.certainty === "possible") ||
    (left.id < right.id ? -1 : 1)
  );
}
