export { ALL_POD_RULES, type AppliedPodRule, applyPodRules, controlRuleId, type PodRuleText } from "./apply.ts";
export { POD_RULES } from "./list.ts";
export type { PodRule } from "./pod-rule.ts";
