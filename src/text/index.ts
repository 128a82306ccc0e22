export { type AuditWords, auditWords } from "./audit-words.ts";
export { type DecoyWords, decoyWords } from "./decoy-words.ts";
export { isolationWords, NAMESPACE_MEANINGS } from "./isolation-words.ts";
export { type ReportWords, reportWords } from "./report-words.ts";
