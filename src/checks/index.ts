export { type AppliedCheck, applyChecks } from "./apply.ts";
export type { Check, CheckExample, Remedy } from "./check.ts";
export { DOCKERFILE_CHECKS, type DockerfileCheck, type DockerfileMatch } from "./dockerfile/index.ts";
export { HOST_CHECKS, type HostCheck, type HostVerdict, pathsOfHostChecks } from "./host/index.ts";
export { IMAGE_CHECKS, type ImageCheck } from "./images/index.ts";
export { CHECKS } from "./list.ts";
export {
  evaluatePodSecurity,
  POD_SECURITY_CONTROLS,
  POD_SECURITY_MINOR_MAX,
  type PodSecurityEvaluation,
  podSecurityMinor,
} from "./pod-security/index.ts";
export {
  ALL_POD_RULES,
  applyPodRules,
  controlRuleId,
  POD_RULES,
  type PodRule,
  type PodRuleText,
} from "./pods/index.ts";
