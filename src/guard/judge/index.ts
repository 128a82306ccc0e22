export { createJudge, type JudgeOptions } from "./create-judge.ts";
export type {
  AnswerFilter,
  ClientIdentity,
  DecisionWord,
  EngineLookup,
  FilteredAnswer,
  ForwardedRequest,
  Judge,
  JudgedRequest,
  LookedUp,
  Reason,
  Verdict,
} from "./judge-types.ts";
export { seeLocalPath } from "./see-path.ts";
