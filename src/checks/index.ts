export { type AppliedCheck, applyChecks } from "./apply.ts";
export type { Check, CheckExample, Remedy } from "./check.ts";
export { CHECKS } from "./list.ts";
