export type * from "./capture/index.ts";
export { DISCARD } from "./capture/index.ts";
export { type Canary, PERSONAS } from "./personas/index.ts";
export {
  type DecoyRecord,
  openRecord,
  RECORD_LINE_IDS,
  RETENTION_DEFAULT,
  type ReadPosition,
  type RecordLine,
  RecordMissing,
  readJournal,
  readRecord,
  recordedIdle,
} from "./record/index.ts";
export {
  type Decoy,
  DecoyError,
  type DecoyErrorCode,
  type DecoyOptions,
  type Planted,
  plantedIn,
  reachableEngine,
  startDecoy,
} from "./server/index.ts";
export {
  reportSession,
  SESSION_IDLE_MS_DEFAULT,
  type Visit,
  VisitJoiner,
  type VisitRequest,
  visitOfRequests,
} from "./sessions/index.ts";
export type * from "./shell/index.ts";
