import { GateFault } from "../gate-error.ts";
import type { Reason } from "../judge/index.ts";
import { RECORDED_BODY_BYTES_MAX, RECORDED_TARGET_CHARACTERS_MAX } from "../limits.ts";
import { sha256 } from "./chain.ts";
import type { GuardEvent, GuardEventId, RequestEvent } from "./events.ts";
import type { LogWriter } from "./log-writer.ts";
import { maskBody, maskTarget } from "./mask.ts";

/** A decision with what is known of its request. */
export interface Decided {
  readonly client: string;
  readonly listener: string;
  readonly decision: RequestEvent["decision"];
  readonly enforced: boolean;
  readonly code: string;
  readonly route: string;
  readonly status?: number;
  readonly method: string;
  readonly target: string;
  readonly upgrade?: string;
  /** Of what is forwarded; of a refusal what was received. */
  readonly body?: Uint8Array;
  readonly streamed: boolean;
  readonly reasons: readonly Reason[];
  readonly gains: readonly string[];
  readonly ms: number;
}

const EVENT_OF = {
  allow: "guard.request.allowed",
  deny: "guard.request.denied",
  rewrite: "guard.request.rewritten",
  fault: "guard.request.faulted",
} as const satisfies Record<RequestEvent["decision"], GuardEventId>;

/** Writes decisions into the log, if there is one. */
export class Recorder {
  readonly #host: string;
  readonly #now: () => Date;
  log: LogWriter | undefined;

  constructor(host: string, now: () => Date) {
    this.#host = host;
    this.#now = now;
  }

  /** An event of the gate itself. */
  event(id: GuardEventId, details: object): GuardEvent {
    return { id, time: this.#now().toISOString(), host: this.#host, ...details };
  }

  /**
   * Records a decision before it is carried out. Resolves when the request may go on: at once, or with a durable log when
   * the record is on the disk.
   *
   * @throws {GateFault} `log-unwritable`
   */
  decided(decided: Decided): Promise<void> | undefined {
    return this.log?.append(this.#requestEvent(decided));
  }

  /** Records what failed. It is refused anyway, so a log that fails too is no further trouble. */
  faulted(decided: Decided): void {
    this.log?.note(this.#requestEvent(decided));
  }

  note(id: GuardEventId, details: object): void {
    this.log?.note(this.event(id, details));
  }

  #requestEvent(decided: Decided): RequestEvent {
    const { body, streamed, target, ms, reasons, gains, ...rest } = decided;
    return {
      id: EVENT_OF[decided.decision],
      time: this.#now().toISOString(),
      host: this.#host,
      ...rest,
      target: maskTarget(target).slice(0, RECORDED_TARGET_CHARACTERS_MAX),
      ...recordedBody(body, streamed),
      reasons,
      gains,
      ms: Math.round(ms * 1000) / 1000,
    };
  }
}

type BodyFields = Pick<RequestEvent, "body" | "bodySha256" | "bodyOmitted">;

function recordedBody(body: Uint8Array | undefined, streamed: boolean): BodyFields {
  if (streamed) {
    return { bodyOmitted: "streamed" };
  }
  if (body === undefined || body.length === 0) {
    return {};
  }
  const bodySha256 = sha256(body);
  if (body.length > RECORDED_BODY_BYTES_MAX) {
    return { bodySha256, bodyOmitted: "too-large" };
  }
  try {
    return {
      bodySha256,
      body: maskBody(JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8"))),
    };
  } catch (error) {
    if (error instanceof SyntaxError) {
      return { bodySha256, bodyOmitted: "not-json" };
    }
    throw error;
  }
}

/** A mistake of ours as a fault, so that it ends one request and not the gate. */
export function asFault(error: unknown): GateFault {
  if (error instanceof GateFault) {
    return error;
  }
  return new GateFault(
    "internal",
    {
      en: "sekisho: the gate made a mistake of its own and let the request not through: please report it",
      ja: "sekisho: ゲート内部の誤りのため、リクエストを通しませんでした。不具合としてご報告ください。",
    },
    { cause: error },
  );
}
