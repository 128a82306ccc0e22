export type { AuditProblem, AuditResult, SuppressedFinding, WorkloadResult } from "./audit-result.ts";
export {
  type Alternative,
  type Compatibility,
  type FeatureInHome,
  HOME_NAMES,
  HOMES,
  type Home,
  type HomeBasis,
  type HomeVerdict,
  type RootlessLimit,
  type WorkloadInHome,
} from "./compatibility.ts";
export type { FindingException } from "./exception.ts";
export type { Change, EscapePath, Evidence, Finding, Fix, Gain, RefusedFix, Step } from "./finding.ts";
export { GAINS, type GainKind, gainKind, gainRank, isGain } from "./gains.ts";
export type { HostControl } from "./host-control.ts";
export type { PodSecurity, PodSecurityVerdict, PodSecurityViolation } from "./pod-security.ts";
export {
  INDICATOR_TYPES,
  type IndicatorType,
  type SessionAttack,
  type SessionFile,
  type SessionIndicator,
  type SessionPayload,
  type SessionResult,
  type SessionSentence,
  type SessionStep,
  type SessionVerdict,
} from "./session-result.ts";
export { type Certainty, compareSeverity, SEVERITIES, type Severity } from "./severity.ts";
