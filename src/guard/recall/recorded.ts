import type { Readable } from "node:stream";
import type { ReceivedRequest } from "../../engine/index.ts";
import { LOG_LINE_BYTES_MAX } from "../limits.ts";
import { sha256, unseal } from "../record/chain.ts";

/** Different calls of a log that are kept. A day of a CI server makes a few thousand. */
export const RECORDED_CALLS_MAX = 100_000;

/** One call of a log, with how often it came in just this form. */
export interface RecordedCall {
  /** Where its first record stands. */
  readonly file: string;
  readonly line: number;
  readonly client: string;
  readonly request: ReceivedRequest;
  /** What the policy of then said. */
  readonly decision: "allow" | "rewrite" | "deny";
  readonly code: string;
  /** It went on to the engine: allowed, or refused by a gate that only looked on. */
  readonly forwarded: boolean;
  /** Milliseconds since 1970. */
  readonly time: number;
  count: number;
}

/** What a log holds. */
export interface RecordedLog {
  /** In the order in which they first came. */
  readonly calls: readonly RecordedCall[];
  readonly records: number;
  /** Records of requests that cannot be judged again, because their bodies were too large to be kept, or no JSON. */
  readonly withoutBody: number;
  /** Lines that are no whole record of a gate. */
  readonly broken: number;
  /** Calls that found no room. */
  readonly dropped: number;
}

/** Gathers the requests of one or several logs, the oldest first. */
export class LogReader {
  readonly #calls = new Map<string, RecordedCall>();
  #records = 0;
  #withoutBody = 0;
  #broken = 0;
  #dropped = 0;

  async read(file: string, source: Readable): Promise<void> {
    let rest: Buffer = Buffer.alloc(0);
    let line = 0;
    let overlong = false;
    for await (const chunk of source as AsyncIterable<Buffer>) {
      let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a)) {
        line += 1;
        this.#take(overlong ? "" : bytes.subarray(0, end).toString("utf8"), file, line);
        overlong = false;
        bytes = bytes.subarray(end + 1);
      }
      overlong ||= bytes.length > LOG_LINE_BYTES_MAX;
      rest = overlong ? Buffer.alloc(0) : bytes;
    }
    if (rest.length > 0 || overlong) {
      this.#broken += 1;
    }
  }

  end(): RecordedLog {
    return {
      calls: [...this.#calls.values()],
      records: this.#records,
      withoutBody: this.#withoutBody,
      broken: this.#broken,
      dropped: this.#dropped,
    };
  }

  #take(line: string, file: string, number: number): void {
    const record = unseal(line);
    if (record === undefined) {
      this.#broken += 1;
      return;
    }
    const decision = DECISION_OF[record.id];
    if (decision === undefined) {
      return; // an event of the gate itself, or a fault
    }
    this.#records += 1;
    const { event } = record;
    const { client, method, target, time, code } = event;
    if (
      typeof client !== "string" ||
      typeof method !== "string" ||
      typeof target !== "string" ||
      typeof time !== "string" ||
      typeof code !== "string"
    ) {
      this.#broken += 1;
      return;
    }
    if (event["bodyOmitted"] === "too-large" || event["bodyOmitted"] === "not-json") {
      this.#withoutBody += 1;
      return;
    }
    const body = "body" in event ? JSON.stringify(event["body"]) : "";
    const forwarded = decision !== "deny" || event["enforced"] === false;
    const key = sha256(JSON.stringify([client, decision, code, forwarded, method, target, event["upgrade"], body]));
    const known = this.#calls.get(key);
    if (known !== undefined) {
      known.count += 1;
    } else if (this.#calls.size >= RECORDED_CALLS_MAX) {
      this.#dropped += 1;
    } else {
      const request = requestOf(method, target, body, event);
      const at = { file, line: number, client, request, decision, code };
      this.#calls.set(key, { ...at, forwarded, time: Date.parse(time) || 0, count: 1 });
    }
  }
}

const DECISION_OF: Readonly<Record<string, RecordedCall["decision"]>> = {
  "guard.request.allowed": "allow",
  "guard.request.rewritten": "rewrite",
  "guard.request.denied": "deny",
};

/** The request as a client would send it again, secrets masked. */
function requestOf(
  method: string,
  target: string,
  body: string,
  event: Readonly<Record<string, unknown>>,
): ReceivedRequest {
  const { upgrade } = event;
  const streamed = event["bodyOmitted"] === "streamed";
  return {
    method,
    target,
    headers: [
      ...(body === "" ? [] : [["Content-Type", "application/json"] as const]),
      ...(streamed
        ? ([
            ["Transfer-Encoding", "chunked"],
            ["Content-Type", "application/x-tar"],
          ] as const)
        : []),
      ...(typeof upgrade === "string"
        ? ([
            ["Connection", "Upgrade"],
            ["Upgrade", upgrade],
          ] as const)
        : []),
    ],
    ...(body !== "" && { body: Buffer.from(body, "utf8") }),
  };
}
