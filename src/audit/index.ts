export { type Analysis, analyse, pathsOf } from "./analyse.ts";
export {
  type AuditOptions,
  auditWorkload,
  auditWorkloads,
  type WorkloadAudit,
} from "./audit.ts";
export {
  compatibilityOf,
  compatibleFeatures,
  ENGINE_ALTERNATIVES,
  HOME_REASONS,
  ROOTLESS_LIMITS,
} from "./compatibility/index.ts";
export { auditDockerfile } from "./dockerfile.ts";
export { compareFindings, findingsOf, hostFindingsOf } from "./findings.ts";
export { evaluateSubject, findFixes, goalsOf } from "./fixes.ts";
export { examineHost } from "./host-controls.ts";
export { auditImage } from "./image.ts";
export {
  applyBaseline,
  applyExceptions,
  type Baseline,
  findingsForBaseline,
  inlineExceptions,
  matchesRule,
  PROFILES,
  type Profile,
  type Selection,
  selectRules,
  selectSeverity,
  unknownRules,
} from "./selection/index.ts";
