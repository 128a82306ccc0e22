import { filterFor } from "../filters/index.ts";
import type { GateFault } from "../gate-error.ts";
import type { Verdict } from "../judge/index.ts";
import { INSPECTED_BODY_BYTES_MAX, INSPECTED_BODY_MS_MAX } from "../limits.ts";
import { asFault, type Decided } from "../record/recorder.ts";
import type { BodyFailure } from "./body.ts";
import type { ClientSide } from "./client-side.ts";
import type { Peer, PlaneContext } from "./context.ts";
import { BODY_REFUSALS, type BodyRefusal } from "./decider.ts";
import { forward } from "./forward.ts";
import { headOf, type RequestHead } from "./received.ts";

/** Longest name of a protocol that a record repeats. */
const UPGRADE_CHARACTERS_MAX = 40;

/**
 * Takes one request from its client to the engine and back: read, decide, record, forward. Resolves when the connection
 * is free for its next request; when it is taken over, never.
 */
export async function serve(client: ClientSide, peer: Peer, context: PlaneContext): Promise<void> {
  const done = new Promise<void>((resolve) => client.onDone(resolve));
  const head = headOf(client.message);
  try {
    await decideAndForward(client, head, peer, context);
  } catch (error) {
    fail(client, head, peer, context, asFault(error));
  }
  await done;
}

async function decideAndForward(
  client: ClientSide,
  head: RequestHead,
  peer: Peer,
  context: PlaneContext,
): Promise<void> {
  const { decider } = context;
  const plan = decider.bodyPlan(head, peer.client);
  let body: Buffer | undefined;
  if (plan.kind === "inspected") {
    const read = await client.readBody(plan.expected, INSPECTED_BODY_BYTES_MAX, INSPECTED_BODY_MS_MAX);
    if ("failure" in read) {
      await refuseBody(client, head, peer, context, read.failure);
      return;
    }
    body = read.body;
  }
  const whole = performance.now();
  const verdict = await decider.judge(body === undefined ? head : { ...head, body }, { client: peer.client });
  const ms = performance.now() - whole;
  context.metrics.decisionTook(ms / 1000);
  const enforced = verdict.decision !== "deny" || context.mode === "enforce" || verdict.forward === undefined;
  const stops = verdict.decision === "deny" && enforced;
  context.metrics.count("sekisho_guard_requests_total", {
    client: peer.client,
    decision: verdict.decision,
    route: verdict.route,
  });
  const streamed = plan.kind === "streamed";
  const recorded = context.recorder.decided(decidedOf(head, peer, verdict, { body, streamed, enforced, stops, ms }));
  if (recorded !== undefined) {
    await recorded;
  }
  if (client.isGone()) {
    context.metrics.count("sekisho_guard_clients_gone_total");
    return;
  }
  if (stops || verdict.forward === undefined) {
    client.answer(verdict.status, errorHeaders(context), errorBody(verdict.message));
    return;
  }
  const bytesMax = plan.kind === "streamed" ? plan.bytesMax : 0;
  const filter = filterFor(verdict.answer);
  forward(client, verdict.forward, { filter, bytesMax }, context, {
    failed: (fault) => fail(client, head, peer, context, fault),
    refused: (failure) => answerRefusal(client, context, failure),
  });
}

interface DecidedDetails {
  readonly body: Uint8Array | undefined;
  readonly streamed: boolean;
  readonly enforced: boolean;
  readonly stops: boolean;
  readonly ms: number;
}

/** What the log says. A request that goes on is recorded as it was written anew, one that does not as it came. */
function decidedOf(head: RequestHead, peer: Peer, verdict: Verdict, details: DecidedDetails): Decided {
  const { forward: forwarded } = verdict;
  const body = forwarded === undefined ? details.body : forwarded.body;
  const upgrade = upgradeOf(head);
  return {
    ...peer,
    decision: verdict.decision,
    enforced: details.enforced,
    code: verdict.code,
    route: verdict.route,
    ...(details.stops && { status: verdict.status }),
    method: head.method,
    target: forwarded?.target ?? head.target,
    ...(upgrade !== undefined && { upgrade }),
    ...(body !== undefined && { body }),
    streamed: details.streamed,
    reasons: verdict.reasons,
    gains: verdict.gains,
    ms: details.ms,
  };
}

function upgradeOf(head: RequestHead): string | undefined {
  const line = head.headers.find(([name]) => name.toLowerCase() === "upgrade");
  return line?.[1].slice(0, UPGRADE_CHARACTERS_MAX);
}

const REFUSAL_OF: Readonly<Record<Exclude<BodyFailure, "broken-off">, BodyRefusal>> = {
  "too-large": "body-too-large",
  "too-slow": "body-too-slow",
  unframed: "body-unframed",
};

/** Refuses a request whose body could not be read whole. */
async function refuseBody(
  client: ClientSide,
  head: RequestHead,
  peer: Peer,
  context: PlaneContext,
  failure: BodyFailure,
): Promise<void> {
  if (failure === "broken-off") {
    context.metrics.count("sekisho_guard_clients_gone_total");
    client.cut();
    return;
  }
  const code = REFUSAL_OF[failure];
  const { status, text } = BODY_REFUSALS[code];
  context.metrics.count("sekisho_guard_requests_total", { client: peer.client, decision: "deny", route: "" });
  await context.recorder.decided({
    ...peer,
    decision: "deny",
    enforced: true,
    code,
    route: "",
    status,
    method: head.method,
    target: head.target,
    streamed: false,
    reasons: [{ rule: code, field: "", gain: "", technique: "", message: text }],
    gains: [],
    ms: 0,
  });
  client.answer(status, errorHeaders(context), errorBody(text[context.language]));
}

/** Answers a stream that turned out larger or slower than it may be. It was recorded when it began. */
function answerRefusal(client: ClientSide, context: PlaneContext, failure: BodyFailure): void {
  if (failure === "broken-off") {
    client.cut();
    return;
  }
  const { status, text } = BODY_REFUSALS[REFUSAL_OF[failure]];
  client.answer(status, errorHeaders(context), errorBody(text[context.language]));
}

/** A fault: recorded as one, and answered as one. */
function fail(client: ClientSide, head: RequestHead, peer: Peer, context: PlaneContext, fault: GateFault): void {
  context.metrics.count("sekisho_guard_faults_total", { code: fault.code });
  if (fault.code === "internal") {
    context.talk(`a mistake of the gate: ${fault.cause instanceof Error ? fault.cause.stack : String(fault.cause)}`);
  }
  context.recorder.faulted({
    ...peer,
    decision: "fault",
    enforced: true,
    code: fault.code,
    route: "",
    status: fault.status,
    method: head.method,
    target: head.target,
    streamed: false,
    reasons: [{ rule: fault.code, field: "", gain: "", technique: "", message: fault.text }],
    gains: [],
    ms: 0,
  });
  if (!client.isGone()) {
    client.answer(fault.status, errorHeaders(context), errorBody(fault.text[context.language]));
  }
}

const JSON_TYPE = ["Content-Type", "application/json"] as const;

/** Headers of the gate's own answers: those that an engine puts on its own. */
export function errorHeaders({ identity }: Pick<PlaneContext, "identity">): readonly string[] {
  return [...identity.headers, ...JSON_TYPE];
}

/** A message in the form that the Docker CLI prints: `Error response from daemon: …`. */
export const errorBody = (message: string): Buffer => Buffer.from(`${JSON.stringify({ message })}\n`);
