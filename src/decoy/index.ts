export type * from "./capture/index.ts";
export { DISCARD } from "./capture/index.ts";
export { type Canary, canariesOf, PERSONAS } from "./personas/index.ts";
export {
  type Decoy,
  DecoyError,
  type DecoyErrorCode,
  type DecoyOptions,
  reachableEngine,
  startDecoy,
} from "./server/index.ts";
export { reportSession, type Visit, type VisitRequest } from "./sessions/index.ts";
export type * from "./shell/index.ts";
