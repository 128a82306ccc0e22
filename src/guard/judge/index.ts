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
