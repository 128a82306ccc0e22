export { JUDGED_REQUESTS_DEFAULT, prove } from "./prove.ts";
export type { Proved, ProveOptions, Step, Way } from "./search.ts";
