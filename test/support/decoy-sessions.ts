import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { Visit, VisitRequest } from "../../src/decoy/sessions/index.ts";
import { tarOf } from "./tar.ts";

/** A session of `corpus/decoy/sessions`. */
export interface SessionSample {
  readonly id: string;
  readonly kind: "attack" | "benign";
  readonly requests: readonly SampleRequest[];
  readonly expected: {
    readonly verdict: "malicious" | "recon" | "benign";
    readonly techniques: readonly string[];
    readonly iocs: readonly { readonly type: string; readonly value: string }[];
  };
}

export interface SampleRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly note?: string;
}

const FOLDER = new URL("../corpus/decoy/sessions/", import.meta.url);

export const sessionSamples = (): readonly SessionSample[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")));

/** The bytes that a request of a sample carries. Where the sample says "a tar with a and b", there is one. */
export function bodyOf({ body, note }: SampleRequest): Buffer | undefined {
  const names = /^body: a tar with (.*?)(?: \(|$)/.exec(note ?? "")?.[1]?.split(/,\s*|\s+and\s+/);
  if (names !== undefined) {
    return tarOf(names.map((path) => ({ path, mode: 0o755, data: Buffer.from("inert placeholder\n") })));
  }
  return body === null || body === undefined
    ? undefined
    : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

const idOf = (kind: string, number: number): string => createHash("sha256").update(`${kind}${number}`).digest("hex");

/** A sample as the record would hold it, with ids as an engine would have given them out. */
export function visitOf(sample: Pick<SessionSample, "id" | "requests">): Visit {
  const counts = { container: 0, exec: 0 };
  const requests = sample.requests.map((request, index): VisitRequest => {
    const target = request.path.replace(/\{\{(cid|eid|seed):(\d+)\}\}/g, (_, kind: string, number: string) =>
      idOf(kind, Number(number)),
    );
    const creates = request.method === "POST" && /\/containers\/create/.test(target);
    const execs = request.method === "POST" && /\/containers\/[^/]+\/exec$/.test(target);
    const body = bodyOf(request);
    return {
      number: index + 1,
      time: new Date(Date.UTC(2026, 10, 23, 2, 11, index)).toISOString(),
      connection: "c1",
      method: request.method,
      target,
      headers: Object.entries(request.headers),
      body,
      bodyBytes: body?.length ?? 0,
      status: creates || execs ? 201 : 200,
      created: {
        ...(creates && { containerId: idOf("cid", ++counts.container) }),
        ...(execs && { execId: idOf("eid", ++counts.exec) }),
      },
    };
  });
  return {
    id: sample.id,
    started: requests[0]?.time ?? "",
    ended: requests.at(-1)?.time ?? "",
    address: "198.51.100.23",
    connections: 1,
    requests,
  };
}
