import type { AuditDocument } from "../audit-schema.ts";
import { entriesOf, subjectOf } from "./entries.ts";
import { csvCell } from "./escape.ts";

/** The columns, in order. New ones are added at the end. */
const COLUMNS = [
  "severity",
  "certainty",
  "rule",
  "title",
  "workload",
  "kind",
  "file",
  "line",
  "column",
  "field",
  "reaches",
  "aliases",
  "fingerprint",
] as const;

/** One line for each finding, for spreadsheets (RFC 4180, UTF-8, CRLF). */
export function auditToCsv(document: AuditDocument): string {
  const rows = entriesOf(document).map((entry) => {
    const { finding, workload } = entry;
    const { uri, line, column, field } = finding.location;
    const aliases = Object.entries(finding.aliases).flatMap(([catalogue, ids]) =>
      ids.map((id) => `${catalogue}:${id}`),
    );
    return [
      finding.severity,
      finding.certainty,
      finding.id,
      finding.title,
      subjectOf(entry),
      workload?.kind ?? "host",
      uri,
      line === undefined ? "" : String(line),
      column === undefined ? "" : String(column),
      field ?? "",
      workload?.gains[0]?.gain ?? "",
      aliases.join(" "),
      finding.fingerprint,
    ];
  });
  return `${[COLUMNS, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}
