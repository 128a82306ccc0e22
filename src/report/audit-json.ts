import type { Language } from "../base/index.ts";
import type { Place } from "../facts/index.ts";
import type {
  AuditResult,
  Change,
  Finding,
  PodSecurity,
  PodSecurityVerdict,
  SuppressedFinding,
  WorkloadResult,
} from "../findings/index.ts";
import type { AuditDocument } from "./audit-schema.ts";

/** Brings the result of an audit into the form of its schema. */
export function auditToDocument(result: AuditResult, version: string, language: Language): AuditDocument {
  return {
    schema: "sekisho.audit/v1",
    tool: { name: "sekisho", version },
    complete: result.complete,
    host: {
      facts: { ...result.host.values },
      findings: result.hostFindings.map((entry) => finding(entry, language)),
      ...suppressedOf(result.hostSuppressed, language),
      ...(result.hostControls && {
        controls: result.hostControls.map(({ id, title, aliases, status }) => ({
          id,
          title: title[language],
          aliases: mutable(aliases),
          status,
        })),
      }),
    },
    workloads: result.workloads.map((entry) => workload(entry, language)),
    summary: summaryOf(result),
    errors: result.problems.map(({ severity, message, place }) => ({
      severity,
      message: message[language],
      location: placeOf(place),
    })),
  };
}

/** The numbers that a report leads with. */
export function summaryOf({ workloads }: AuditResult): AuditDocument["summary"] {
  const bySeverity: Record<string, number> = {};
  for (const { severity } of workloads.flatMap((entry) => entry.findings)) {
    bySeverity[severity] = (bySeverity[severity] ?? 0) + 1;
  }
  const reaching = (certainty: "yes" | "possible") =>
    workloads.filter(({ gains }) => gains.some((entry) => entry.gain === "host-root" && entry.certainty === certainty))
      .length;
  return { workloads: workloads.length, hostRoot: reaching("yes"), hostRootPossible: reaching("possible"), bySeverity };
}

function workload(entry: WorkloadResult, language: Language): AuditDocument["workloads"][number] {
  return {
    id: entry.id,
    kind: entry.kind,
    name: entry.name,
    source: placeOf(entry.source),
    gains: entry.gains.map((gain) => ({ ...gain, techniques: [...gain.techniques], decidedBy: [...gain.decidedBy] })),
    paths: entry.paths.map((path) => ({
      gain: path.gain,
      certainty: path.certainty,
      attack: [...path.attack],
      identity: path.identity,
      decidedBy: [...path.decidedBy],
      steps: path.steps.map((step) => ({
        technique: step.technique,
        because: step.because.map((evidence) => ({ ...evidence, from: placeOf(evidence.from) })),
        uses: [...step.uses],
        gains: [...step.gains],
      })),
    })),
    findings: entry.findings.map((found) => finding(found, language)),
    ...suppressedOf(entry.suppressed, language),
    fixes: entry.fixes.map(({ changes, closes, remains, cost, kind, note }) => ({
      kind,
      changes: changes.map((change) => changeOf(change, language)),
      closes: [...closes],
      remains: [...remains],
      cost,
      ...(note && { note: note[language] }),
    })),
    refused: entry.refused.map(({ changes, reason }) => ({
      changes: changes.map((change) => changeOf(change, language)),
      reason: reason[language],
    })),
    ...(entry.podSecurity && { podSecurity: podSecurityOf(entry.podSecurity, language) }),
    ...(entry.refusal && { refusal: entry.refusal[language] }),
    unresolved: Object.fromEntries(entry.unresolved),
  };
}

function finding(entry: Finding, language: Language): AuditDocument["workloads"][number]["findings"][number] {
  const aliases = mutable(entry.aliases);
  const { title, message, location } = entry;
  return { ...entry, title: title[language], message: message[language], location: placeOf(location), aliases };
}

function suppressedOf(
  list: readonly SuppressedFinding[] | undefined,
  language: Language,
): Pick<AuditDocument["workloads"][number], "suppressed"> {
  return list === undefined || list.length === 0
    ? {}
    : {
        suppressed: list.map(({ finding: found, exception: { reason, owner, expires, place }, baseline }) => ({
          finding: finding(found, language),
          by: baseline ? "baseline" : "exception",
          ...(reason !== undefined && { reason }),
          ...(owner !== undefined && { owner }),
          ...(expires !== undefined && { expires }),
          location: placeOf(place),
        })),
      };
}

const podSecurityOf = ({ version, baseline, restricted }: PodSecurity, language: Language) => ({
  version,
  baseline: verdictOf(baseline, language),
  restricted: verdictOf(restricted, language),
});

const verdictOf = ({ allowed, violations }: PodSecurityVerdict, language: Language) => ({
  allowed,
  violations: violations.map(({ control, detail, location }) => ({
    control,
    detail: detail[language],
    location: placeOf(location),
  })),
});

const changeOf = ({ id, summary, edit }: Change, language: Language) => ({ id, summary: summary[language], edit });

const mutable = (aliases: Finding["aliases"]): Record<string, string[]> =>
  Object.fromEntries(Object.entries(aliases).map(([catalogue, ids]) => [catalogue, [...ids]]));

const placeOf = (place: Place) => ({ ...place });
