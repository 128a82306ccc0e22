export { type AuditWords, auditWords } from "./audit-words.ts";
export { isolationWords, NAMESPACE_MEANINGS } from "./isolation-words.ts";
