import { quoteUntrusted } from "../../base/index.ts";
import type { Severity } from "../../findings/index.ts";
import type { AuditDocument } from "../audit-schema.ts";
import { type Entry, entriesOf, subjectOf } from "./entries.ts";

/** GitLab's five words (documentation of Code Quality, "Implement a custom tool"). */
const SEVERITY: Readonly<Record<Severity, string>> = {
  critical: "blocker",
  high: "critical",
  medium: "major",
  low: "minor",
  info: "info",
};

/** Most characters of a description; GitLab shows it on one line. */
const DESCRIPTION_CHARACTERS_MAX = 500;

/** GitLab's Code Quality report: findings beside the changed lines of a merge request. */
export function auditToGitlab(document: AuditDocument): string {
  return `${JSON.stringify(entriesOf(document).map(issue), undefined, 2)}\n`;
}

function issue(entry: Entry): unknown {
  const { finding } = entry;
  const description = `${subjectOf(entry)}: ${finding.title}`;
  return {
    description: quoteUntrusted(description, DESCRIPTION_CHARACTERS_MAX),
    check_name: finding.id,
    fingerprint: finding.fingerprint,
    severity: SEVERITY[finding.severity],
    location: {
      // GitLab drops a report whose path begins with ./ (documentation, "Code Quality report format").
      path: finding.location.uri.replace(/^(?:\.\/)+/, ""),
      lines: { begin: finding.location.line ?? 1 },
    },
  };
}
