import type { AuditResult, Finding, FindingException, SuppressedFinding } from "../../findings/index.ts";

/** Fingerprints of findings that were there before. */
export interface Baseline {
  readonly uri: string;
  readonly fingerprints: ReadonlySet<string>;
}

/** Puts aside what the baseline knows already, so that only what is new counts. */
export function applyBaseline(result: AuditResult, { uri, fingerprints }: Baseline): AuditResult {
  const exceptionOf = (finding: Finding): FindingException => ({ rule: finding.id, place: { uri } });
  const split = (findings: readonly Finding[]) => {
    const kept = findings.filter(({ fingerprint }) => !fingerprints.has(fingerprint));
    const suppressed = findings
      .filter(({ fingerprint }) => fingerprints.has(fingerprint))
      .map((finding): SuppressedFinding => ({ finding, exception: exceptionOf(finding), baseline: true }));
    return { kept, suppressed };
  };
  const host = split(result.hostFindings);
  return {
    ...result,
    hostFindings: host.kept,
    hostSuppressed: [...(result.hostSuppressed ?? []), ...host.suppressed],
    workloads: result.workloads.map((workload) => {
      const { kept, suppressed } = split(workload.findings);
      return { ...workload, findings: kept, suppressed: [...(workload.suppressed ?? []), ...suppressed] };
    }),
  };
}

/** Every finding that a baseline written now would hold. */
export const findingsForBaseline = (result: AuditResult): readonly Finding[] => [
  ...result.hostFindings,
  ...result.workloads.flatMap(({ findings }) => findings),
];
