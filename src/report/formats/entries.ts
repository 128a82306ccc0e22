import type { AuditDocument } from "../audit-schema.ts";

/** A finding as the document holds it. */
export type DocumentFinding = AuditDocument["workloads"][number]["findings"][number];

/** A workload as the document holds it. */
export type DocumentWorkload = AuditDocument["workloads"][number];

/** A finding with the workload that it was made of; none for one of the host. */
export interface Entry {
  readonly finding: DocumentFinding;
  readonly workload: DocumentWorkload | undefined;
}

/** Every finding of the document in its order: the host's first. */
export const entriesOf = (document: AuditDocument): readonly Entry[] => [
  ...document.host.findings.map((finding) => ({ finding, workload: undefined })),
  ...document.workloads.flatMap((workload) => workload.findings.map((finding) => ({ finding, workload }))),
];

/** A finding that was put aside, and why. */
export type DocumentSuppressed = NonNullable<DocumentWorkload["suppressed"]>[number];

/** Every finding that was put aside. */
export const suppressedEntriesOf = (
  document: AuditDocument,
): readonly (Entry & { readonly suppressed: DocumentSuppressed })[] => [
  ...(document.host.suppressed ?? []).map((suppressed) => ({
    finding: suppressed.finding,
    workload: undefined,
    suppressed,
  })),
  ...document.workloads.flatMap((workload) =>
    (workload.suppressed ?? []).map((suppressed) => ({ finding: suppressed.finding, workload, suppressed })),
  ),
];

/** What a finding is about, in words: the workload's name, or the host. */
export const subjectOf = ({ workload }: Entry): string => workload?.name ?? "host";

/** `file:line:column`, as far as known. */
export const placeOf = ({ uri, line, column }: DocumentFinding["location"]): string =>
  [uri, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(":");
