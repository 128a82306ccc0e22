export type { ControlVersion, PodSecurityControl, PodSecurityLevel } from "./control.ts";
export { evaluatePodSecurity, type PodSecurityEvaluation, type RefusingControl } from "./evaluate.ts";
export { POD_SECURITY_CONTROLS } from "./list.ts";
export { POD_SECURITY_MINOR_MAX, podSecurityMinor } from "./version.ts";
