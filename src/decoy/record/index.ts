export { RETENTION_DEFAULT, type Retention } from "./limits.ts";
export { RECORD_LINE_IDS, type RecordLine, type RequestReceivedLine } from "./line.ts";
export { type PlacedLine, type ReadPosition, RecordMissing, readJournal, readRecord } from "./read-record.ts";
export { type DecoyRecord, openRecord, type RecordOptions, recordedIdle } from "./record.ts";
