export { type AppliedCheck, applyChecks } from "./apply.ts";
export type { Check, CheckExample, Remedy } from "./check.ts";
export { DOCKERFILE_CHECKS, type DockerfileCheck, type DockerfileMatch } from "./dockerfile/index.ts";
export { CHECKS } from "./list.ts";
