export { applyBaseline, type Baseline, findingsForBaseline } from "./baseline.ts";
export { applyExceptions, matchesRule } from "./exceptions.ts";
export { inlineExceptions } from "./inline.ts";
export { PROFILES, type Profile, type Selection, selectRules, selectSeverity, unknownRules } from "./select.ts";
