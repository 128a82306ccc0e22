import { createHash } from "node:crypto";
import type { PlacedLine, RecordLine, RequestReceivedLine } from "../record/index.ts";
import type { Visit, VisitRequest } from "./visit.ts";

/** Silence after which a visit is over, when nothing else is asked for: 10 minutes. */
export const SESSION_IDLE_MS_DEFAULT = 600_000;

/** Silence up to which requests from one address belong together although their clients differ. */
const OTHER_CLIENT_MS_MAX = 60_000;

/** Most requests of one visit that are kept for its report; the others are counted. */
export const VISIT_REQUESTS_MAX = 5_000;

/** Most observations of the shell that are kept of one request. */
const OBSERVATIONS_MAX = 200;

/** Most bytes of one visit's stream that are kept. */
const STREAM_BYTES_MAX = 1024 * 1024;

type Draft = { -readonly [Key in keyof VisitRequest]: VisitRequest[Key] };

interface OpenVisit {
  readonly id: string;
  readonly address: string;
  readonly startedMs: number;
  lastMs: number;
  readonly clients: Set<string>;
  readonly connections: Set<string>;
  readonly requests: Draft[];
  count: number;
}

/**
 * Joins the lines of a record to visits: what comes over one connection, uses ids that the visitor was given, or comes from
 * one address and client, without a longer silence between. Give it lines in the order of the record.
 */
export class VisitJoiner {
  readonly #idleMs: number;
  readonly #open = new Set<OpenVisit>();
  readonly #byConnection = new Map<string, OpenVisit>();
  readonly #byAddress = new Map<string, OpenVisit[]>();
  /** By the first 12 digits of ids that the decoy gave out. */
  readonly #byId = new Map<string, OpenVisit>();
  readonly #requests = new Map<string, { readonly visit: OpenVisit; readonly request: Draft }>();
  #lookedMs = 0;

  constructor(idleMs: number) {
    this.#idleMs = idleMs;
  }

  /** Takes a line; returns the visits that are over by its time. */
  take({ line, body }: PlacedLine): readonly Visit[] {
    const now = Date.parse(line.time);
    // Looking through all visits at every line of a flood would take longer than reading it.
    const over = now - this.#lookedMs > this.#idleMs / 4 ? this.endedBy(now) : [];
    if (line.id === "decoy.request.received") {
      this.#request(line, body, `${line.run} ${line.connection}`, now);
      return over;
    }
    const known = "request" in line ? this.#requests.get(`${line.run} ${line.request}`) : undefined;
    if (known !== undefined) {
      known.visit.lastMs = Math.max(known.visit.lastMs, now);
      this.#later(line, known.visit, known.request);
    }
    return over;
  }

  /** Visits that have been silent for long enough at a time. */
  endedBy(now: number): readonly Visit[] {
    this.#lookedMs = now;
    const over = [...this.#open].filter(({ lastMs }) => now - lastMs > this.#idleMs);
    const gone = new Set(over);
    if (gone.size > 0) {
      for (const visit of over) {
        this.#open.delete(visit);
      }
      forget(this.#byConnection, (visit) => gone.has(visit));
      forget(this.#byId, (visit) => gone.has(visit));
      forget(this.#requests, ({ visit }) => gone.has(visit));
      for (const { address } of over) {
        const left = (this.#byAddress.get(address) ?? []).filter((visit) => !gone.has(visit));
        left.length === 0 ? this.#byAddress.delete(address) : this.#byAddress.set(address, left);
      }
    }
    return over.map(visitOf);
  }

  /** The visits that are not over, as they stand. */
  unfinished(): readonly Visit[] {
    return [...this.#open].map(visitOf);
  }

  /** What is told of a request after it came. */
  #later(line: RecordLine, visit: OpenVisit, request: Draft): void {
    switch (line.id) {
      case "decoy.response.sent":
        request.status = line.status;
        request.created = line.created;
        request.named = line.named;
        for (const id of [line.created.containerId, line.created.execId]) {
          if (id !== undefined) {
            this.#byId.set(id.slice(0, 12), visit);
          }
        }
        break;
      case "decoy.stream.data":
        if (line.direction === "from-visitor") {
          const before = request.stream ?? Buffer.alloc(0);
          request.stream = Buffer.concat([before, Buffer.from(line.base64, "base64")]).subarray(0, STREAM_BYTES_MAX);
        }
        break;
      case "decoy.execution.ended":
        request.observations = [...(request.observations ?? []), ...(line.observations ?? [])].slice(
          0,
          OBSERVATIONS_MAX,
        );
        break;
      default:
        break;
    }
  }

  #request(line: RequestReceivedLine, body: Buffer | undefined, connection: string, now: number): void {
    const client = line.headers.find(([name]) => name.toLowerCase() === "user-agent")?.[1] ?? "";
    const visit = this.#visitFor(line, connection, client, now) ?? this.#begin(line, now);
    visit.lastMs = Math.max(visit.lastMs, now);
    visit.clients.add(client);
    visit.connections.add(connection);
    this.#byConnection.set(connection, visit);
    visit.count += 1;
    if (visit.requests.length >= VISIT_REQUESTS_MAX) {
      return;
    }
    const request: Draft = {
      number: visit.count,
      time: line.time,
      connection,
      method: line.method,
      target: line.malformed ?? line.target,
      headers: line.headers,
      body,
      bodyBytes: line.body.bytes,
      bodySha256: line.body.sha256,
    };
    visit.requests.push(request);
    this.#requests.set(`${line.run} ${line.request}`, { visit, request });
  }

  #visitFor(line: RequestReceivedLine, connection: string, client: string, now: number): OpenVisit | undefined {
    const [, id = ""] = /\/(?:containers|exec)\/([0-9a-f]{12,64})(?:\/|\?|$)/.exec(line.target) ?? [];
    const there = this.#byAddress.get(line.address) ?? [];
    const candidates = [
      this.#byConnection.get(connection),
      there.findLast(({ clients }) => clients.has(client)),
      there.findLast(({ lastMs }) => now - lastMs <= OTHER_CLIENT_MS_MAX),
      // Somebody who is new and knows an id has it from the visitor that it was given to; others have listed it.
      this.#byId.get(id.slice(0, 12)),
    ];
    return candidates.find((visit) => visit !== undefined && now - visit.lastMs <= this.#idleMs);
  }

  #begin(line: RequestReceivedLine, now: number): OpenVisit {
    const visit: OpenVisit = {
      id: createHash("sha256").update(`${line.run} ${line.request}`).digest("hex").slice(0, 12),
      address: line.address,
      startedMs: now,
      lastMs: now,
      clients: new Set(),
      connections: new Set(),
      requests: [],
      count: 0,
    };
    this.#open.add(visit);
    this.#byAddress.set(line.address, [...(this.#byAddress.get(line.address) ?? []), visit]);
    return visit;
  }
}

function forget<Value>(map: Map<string, Value>, gone: (value: Value) => boolean): void {
  for (const [key, value] of map) {
    if (gone(value)) {
      map.delete(key);
    }
  }
}

const visitOf = ({ id, address, startedMs, lastMs, connections, requests, count }: OpenVisit): Visit => ({
  id,
  address,
  started: new Date(startedMs).toISOString(),
  ended: new Date(lastMs).toISOString(),
  connections: connections.size,
  requests: [...requests],
  requestsTotal: count,
});
