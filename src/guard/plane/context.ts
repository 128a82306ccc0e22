import type { Language } from "../../base/index.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Recorder } from "../record/recorder.ts";
import type { EngineIdentity } from "./answer-head.ts";
import type { Decider } from "./decider.ts";
import type { Upstream } from "./upstream.ts";

/** What every request shares. */
export interface PlaneContext {
  readonly upstream: Upstream;
  readonly identity: EngineIdentity;
  readonly recorder: Recorder;
  readonly metrics: Metrics;
  /** Whoever decides now. A reload puts another one in its place; a request keeps the one it began with. */
  decider: Decider;
  /** `shadow`: refusals are recorded and not carried out. */
  mode: "enforce" | "shadow";
  readonly language: Language;
  /** For the operator: something that is no event. */
  readonly talk: (line: string) => void;
}

/** Who sits at the other end of a connection. */
export interface Peer {
  readonly client: string;
  readonly listener: string;
}
