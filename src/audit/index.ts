export { type Analysis, analyse, pathsOf } from "./analyse.ts";
export {
  type AuditOptions,
  auditWorkload,
  auditWorkloads,
  type WorkloadAudit,
} from "./audit.ts";
export { compareFindings, findingsOf, hostFindingsOf } from "./findings.ts";
export { evaluateSubject, findFixes, goalsOf } from "./fixes.ts";
