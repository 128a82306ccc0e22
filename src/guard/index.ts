export { type GateConfig, openGate, type RunningGate } from "./gate.ts";
export { GateConfigError, GateFault, type GateFaultCode } from "./gate-error.ts";
export {
  type ClientIdentity,
  createJudge,
  type EngineLookup,
  type Judge,
  type JudgedRequest,
  seeLocalPath,
  type Verdict,
} from "./judge/index.ts";
export { type ListenAddress, parseListenAddress } from "./listen/address.ts";
export type { ListenerConfig, SocketPermissions } from "./listen/listener.ts";
export type { CertificateRule, TlsIdentityConfig } from "./listen/tls-identity.ts";
export { ModelEngine, type ModelOptions } from "./model/model-engine.ts";
export type { BodyPlan, Decider } from "./plane/decider.ts";
export { openLookup } from "./plane/lookup.ts";
export { policyDecider } from "./policy-decider.ts";
export { type LearnOptions, type Learnt, type LeftOut, type LeftOutWhy, learn } from "./recall/learn.ts";
export { LogReader, type RecordedCall, type RecordedLog } from "./recall/recorded.ts";
export { type ReplayChange, type Replayed, replay } from "./recall/replay.ts";
export { GUARD_EVENTS, type GuardEvent, type GuardEventId, type RequestEvent } from "./record/events.ts";
export { LogBrokenError } from "./record/log-file.ts";
export { type LogProblem, type LogVerdict, LogVerifier } from "./record/verify.ts";
