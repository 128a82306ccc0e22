import type { LocalizedText } from "../../base/index.ts";
import type { AuditProblem, AuditResult, Finding, FindingException, SuppressedFinding } from "../../findings/index.ts";
import { matchesPattern } from "./pattern.ts";

/** Whose finding it is, as exceptions name it. */
interface Subject {
  readonly id: string;
  readonly name: string;
}

const HOST: Subject = { id: "host", name: "host" };

/**
 * Takes the findings out that an exception covers and puts them aside with it. Exceptions that have expired cover
 * nothing, and are named; so are those that cover nothing any more. Gains and paths stay: an exception changes what is
 * reported as new work, not what is true.
 *
 * @param today `YYYY-MM-DD`, UTC.
 */
export function applyExceptions(
  result: AuditResult,
  exceptions: readonly FindingException[],
  today: string,
): AuditResult {
  if (exceptions.length === 0) {
    return result;
  }
  const used = new Set<FindingException>();
  const standing = exceptions.filter(({ expires }) => expires === undefined || expires >= today);
  const split = (findings: readonly Finding[], subject: Subject) => {
    const kept: Finding[] = [];
    const suppressed: SuppressedFinding[] = [];
    for (const finding of findings) {
      const exception = standing.find((candidate) => covers(candidate, finding, subject));
      if (exception === undefined) {
        kept.push(finding);
      } else {
        used.add(exception);
        suppressed.push({ finding, exception });
      }
    }
    return { kept, suppressed };
  };
  const host = split(result.hostFindings, HOST);
  return {
    ...result,
    hostFindings: host.kept,
    hostSuppressed: [...(result.hostSuppressed ?? []), ...host.suppressed],
    workloads: result.workloads.map((workload) => {
      const { kept, suppressed } = split(workload.findings, workload);
      return { ...workload, findings: kept, suppressed: [...(workload.suppressed ?? []), ...suppressed] };
    }),
    problems: [...result.problems, ...notesOn(exceptions, used, today)],
  };
}

function covers(exception: FindingException, finding: Finding, subject: Subject): boolean {
  const { rule, path, workload, lines } = exception;
  const { uri, line } = finding.location;
  return (
    matchesRule(rule, finding) &&
    (path === undefined || matchesPattern(path, uri.replace(/^(?:\.\/)+/, ""))) &&
    (workload === undefined || matchesPattern(workload, subject.name) || matchesPattern(workload, subject.id)) &&
    (lines === undefined || (lines.uri === uri && line !== undefined && line >= lines.from && line <= lines.to))
  );
}

/** Whether a rule's id, alias or pattern names a finding. */
export function matchesRule(rule: string, { id, aliases }: Pick<Finding, "id" | "aliases">): boolean {
  return (
    matchesPattern(rule, id) ||
    Object.entries(aliases).some(([catalogue, ids]) =>
      ids.some((alias) => matchesPattern(rule, `${catalogue}:${alias}`) || rule === alias),
    )
  );
}

function notesOn(
  exceptions: readonly FindingException[],
  used: ReadonlySet<FindingException>,
  today: string,
): readonly AuditProblem[] {
  return exceptions.flatMap((exception) => {
    const { place, rule, expires } = exception;
    if (expires !== undefined && expires < today) {
      return [{ severity: "note" as const, message: expired(rule, expires), place }];
    }
    return used.has(exception) ? [] : [{ severity: "note" as const, message: unused(rule), place }];
  });
}

const expired = (rule: string, date: string): LocalizedText => ({
  en: `the exception for ${rule} ended on ${date} and covers nothing any more`,
  ja: `${rule} の例外は ${date} に期限が切れ、もう何も除外していません`,
});

const unused = (rule: string): LocalizedText => ({
  en: `the exception for ${rule} covers no finding: remove it, or correct its scope`,
  ja: `${rule} の例外に当てはまる検出がありません。削除するか、範囲を直してください`,
});
