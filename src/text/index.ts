export { type AuditWords, auditWords } from "./audit-words.ts";
export { isolationWords, NAMESPACE_MEANINGS } from "./isolation-words.ts";
export { type ReportWords, reportWords } from "./report-words.ts";
