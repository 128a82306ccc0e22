/** `sekisho guard replay`: which recorded calls another policy would decide otherwise. */
import type { ClientRules, Policy, SeeHostPath } from "../../policy/index.ts";
import type { HostLayer } from "../../readers/host-facts/index.ts";
import { createJudge, type Judge, type Reason } from "../judge/index.ts";
import { ModelEngine } from "../model/model-engine.ts";
import type { RecordedCall } from "./recorded.ts";

/** What a judgement of old calls rests on. */
export interface ReplayOptions {
  readonly hostLayers: readonly HostLayer[];
  readonly see?: SeeHostPath;
}

/** A call that would be decided otherwise. */
export interface ReplayChange {
  readonly call: RecordedCall;
  readonly to: "refused" | "allowed";
  readonly code: string;
  readonly reasons: readonly Reason[];
}

export interface Replayed {
  readonly changes: readonly ReplayChange[];
  /** Calls that would be decided as before. */
  readonly same: number;
  /** Calls whose decision hung on what a log does not hold: the clock, the engine, the spelling of a body. */
  readonly notJudged: number;
}

/** Codes of refusals that were about the moment and not about the request. */
const OF_THE_MOMENT: ReadonlySet<string> = new Set(["rate-limited", "lookup-failed", "json-anomaly", "no-client"]);

/** Judges every call by a policy, in the order of the log, over a model of what the calls made. */
export async function replay(
  calls: readonly RecordedCall[],
  policy: Policy,
  options: ReplayOptions,
): Promise<Replayed> {
  const judges = new Map<string, { readonly judge: Judge; readonly engine: ModelEngine }>();
  const changes: ReplayChange[] = [];
  let same = 0;
  let notJudged = 0;
  for (const call of calls) {
    if (call.decision === "deny" && (OF_THE_MOMENT.has(call.code) || call.code.startsWith("body-"))) {
      notJudged += 1;
      continue;
    }
    let judging = judges.get(call.client);
    if (judging === undefined) {
      judging = judgingFor(call.client, policy, options);
      judges.set(call.client, judging);
    }
    const verdict = await judging.judge.judge(call.request, { client: call.client });
    if (verdict.forward !== undefined) {
      judging.engine.applyForwarded(verdict.forward);
    }
    // An object that was not there is no refusal of the policy.
    const wasAllowed = call.decision !== "deny" || call.code === "absent";
    const isAllowed = verdict.decision !== "deny";
    if (wasAllowed === isAllowed) {
      same += 1;
    } else {
      const { code, reasons } = verdict;
      changes.push({ call, to: isAllowed ? "allowed" : "refused", code, reasons });
    }
  }
  return { changes, same, notJudged };
}

function judgingFor(client: string, policy: Policy, { hostLayers, see }: ReplayOptions) {
  const engine = new ModelEngine({ unknown: { kind: "plain", client }, counts: false });
  const clients = new Map([...policy.clients].map(([name, rules]) => [name, withoutRates(rules)]));
  const judge = createJudge({
    policy: { ...policy, clients },
    lookup: engine.lookup(),
    ...(see !== undefined && { see }),
    hostLayers,
    now: () => 0,
  });
  return { engine, judge };
}

/** Equal calls are judged once, so how many came in a second is not known here. */
function withoutRates(rules: ClientRules): ClientRules {
  const { requestsPerSecond: _, ...limits } = rules.limits;
  return { ...rules, limits };
}
