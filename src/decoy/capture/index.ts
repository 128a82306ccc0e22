export { DISCARD } from "./discard-sink.ts";
export type {
  AcceptedConnection,
  BodySpill,
  CapturedBody,
  CapturedExecution,
  CapturedRequest,
  CaptureSink,
  ClosedConnection,
  ExecutionObservation,
  HeaderLine,
  SentResponse,
  StreamBytes,
} from "./sink.ts";
export { NO_BODY } from "./sink.ts";
