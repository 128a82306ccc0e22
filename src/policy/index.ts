export { capabilityGrants, containerGrants } from "./grants/container-grants.ts";
export type { Grant, HostNamespace } from "./grants/grant.ts";
export { type SeeHostPath, type SeenHostPath, volumeOptionGrants } from "./grants/mount-grants.ts";
export { activationOf, type ExpressionSubject } from "./language/activation.ts";
export type { ClientRules, Listener, MountRule } from "./language/client-rules.ts";
export {
  type PlaceOf,
  type Policy,
  type PolicyProblem,
  type PolicyResult,
  presetPolicy,
  readPolicy,
} from "./language/read-policy.ts";
export { verbOfRoute } from "./language/route-verbs.ts";
export { LIST_ENTRIES_MAX, policyJsonSchema, type WrittenClient, type WrittenPolicy } from "./language/schema.ts";
export { VERB_IDS, VERBS, type Verb, verbOf } from "./language/verbs.ts";
export { PRESETS, type Preset } from "./presets/index.ts";
export { applyExpressions, hasExpressions } from "./refusals/expressions.ts";
export { judgeImageUse, judgeImageWrite, judgeRegistry } from "./refusals/images.ts";
export { type ContainerSubject, judgeContainer } from "./refusals/judge-container.ts";
export { judgeGrant, mountRuleFor } from "./refusals/judge-grant.ts";
export { defaultEdits, type Edit, judgeLimits, type LimitedConfig, type WrittenValue } from "./refusals/limits.ts";
export { judgeEnvironment, judgeLabels, OWNER_LABEL, verbRefusal } from "./refusals/names.ts";
export type { Refusal, RuleName } from "./refusals/refusal.ts";
export { denialMessage, refusalSentence } from "./refusals/say.ts";
