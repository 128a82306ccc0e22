import { fingerprint } from "../base/index.ts";
import { isWritten } from "../facts/index.ts";
import { compareSeverity, type Finding } from "../findings/index.ts";
import { placeOf, type Technique, witnessOf } from "../techniques/index.ts";
import type { Analysis } from "./analyse.ts";

/** One finding for every technique that applies, and one for every check; the worst and surest first. */
export function findingsOf(analysis: Analysis): readonly Finding[] {
  const findings = [...analysis.reached.applies].flatMap(([technique, known]) =>
    known === "no" ? [] : [findingOf(technique, known === "yes" ? "yes" : "possible", analysis)],
  );
  return findings.sort(compareFindings);
}

function findingOf(technique: Technique, certainty: Finding["certainty"], analysis: Analysis): Finding {
  const { workload } = analysis.facts;
  const { fields, view } = witnessOf(technique, analysis.reached);
  const field = fields.find((name) => isWritten(workload, name)) ?? fields[0] ?? "";
  return {
    id: technique.id,
    severity: technique.severity,
    certainty,
    title: technique.title,
    message: technique.explanation,
    location: placeOf([field], view),
    aliases: technique.aliases ?? {},
    fingerprint: fingerprint(technique.id, workload.id, field.replace(/\[\d+\]/g, "[]")),
  };
}

/** Certain before possible, then by severity, then by id. */
export function compareFindings(left: Finding, right: Finding): number {
  return (
    compareSeverity(left.severity, right.severity) ||
    Number(left.certainty === "possible") - Number(right.certainty === "possible") ||
    (left.id < right.id ? -1 : 1)
  );
}
