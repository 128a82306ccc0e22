import type { ClientRequest, IncomingMessage } from "node:http";
import { Duplex, type Transform } from "node:stream";
import type { GateFault } from "../gate-error.ts";
import type { ForwardedRequest } from "../judge/index.ts";
import { type BodyFailure, UploadBound, UploadError } from "./body.ts";
import type { ClientSide } from "./client-side.ts";
import type { PlaneContext } from "./context.ts";
import { splice } from "./splice.ts";
import { faultOf, isStale, type UpstreamHead } from "./upstream.ts";

/** Requests that may be sent again when a kept connection turns out to be closed. */
const REPEATABLE: ReadonlySet<string> = new Set(["GET", "HEAD"]);

const FILTERED_HEADERS: ReadonlySet<string> = new Set(["content-length"]);

export interface ForwardOptions {
  readonly filter: ((status: number) => Transform | undefined) | undefined;
  /** Largest stream that the client may send. */
  readonly bytesMax: number;
}

/** What can go wrong before an answer has begun. */
export interface ForwardFailures {
  readonly failed: (fault: GateFault) => void;
  readonly refused: (failure: BodyFailure) => void;
}

/** Sends a request that was written anew and passes the answer back, whatever it becomes: an answer, a stream, a tunnel. */
export function forward(
  client: ClientSide,
  forwarded: ForwardedRequest,
  options: ForwardOptions,
  context: PlaneContext,
  failures: ForwardFailures,
  mayRepeat = REPEATABLE.has(forwarded.method) && !forwarded.streamsBody,
): void {
  const takesOver = forwarded.hijacks;
  const head = upstreamHead(forwarded);
  const request = takesOver ? context.upstream.openTakeover(head) : context.upstream.open(head);
  let settled = false;
  const upload = forwarded.streamsBody ? client.bodyStream() : undefined;
  client.onGone(() => {
    settled = true;
    context.metrics.count("sekisho_guard_clients_gone_total");
    request.destroy();
  });
  request.on("error", (cause) => {
    if (settled) {
      return; // an answer that breaks off says so itself
    }
    settled = true;
    if (mayRepeat && isStale(request, cause)) {
      forward(client, forwarded, options, context, failures, false);
    } else {
      failures.failed(faultOf(cause, context.upstream.endpoint));
    }
  });
  request.once("response", (answer) => {
    settled = true;
    context.identity.learn(answer);
    if (takesOver && isRawStream(answer)) {
      join(client, answer, Duplex.from({ readable: answer, writable: request.socket as Duplex }), context);
    } else {
      relay(client, answer, options.filter);
    }
  });
  request.once("upgrade", (answer, socket, early) => {
    settled = true;
    if (early.length > 0) {
      socket.unshift(early);
    }
    join(client, answer, socket, context);
  });
  if (upload === undefined) {
    request.end(forwarded.body);
  } else {
    send(upload, request, options.bytesMax, (failure) => {
      if (!settled) {
        settled = true;
        request.destroy();
        failures.refused(failure);
      }
    });
  }
}

function relay(client: ClientSide, answer: IncomingMessage, makeFilter: ForwardOptions["filter"]): void {
  const filter = makeFilter?.(answer.statusCode ?? 0);
  client.relay(answer, filter === undefined ? {} : { filter, omitted: FILTERED_HEADERS });
}

function join(client: ClientSide, answer: IncomingMessage, engine: Duplex, context: PlaneContext): void {
  if (client.isGone()) {
    engine.destroy();
    return;
  }
  context.metrics.count("sekisho_guard_streams_total");
  const { socket, early } = client.takeOver(answer);
  splice(socket, engine, early);
}

function send(
  upload: NodeJS.ReadableStream,
  request: ClientRequest,
  bytesMax: number,
  failed: (failure: BodyFailure) => void,
): void {
  const bound = new UploadBound(bytesMax);
  bound.once("error", (error) => {
    upload.unpipe(bound);
    failed(error instanceof UploadError ? error.failure : "broken-off");
  });
  request.once("close", () => bound.destroy());
  upload.pipe(bound).pipe(request);
}

/** Engines before 1.12 of Docker, and clients that ask for no upgrade, get 200 and then raw bytes both ways. */
function isRawStream({ statusCode, headers }: IncomingMessage): boolean {
  return (
    statusCode === 200 &&
    headers["content-length"] === undefined &&
    headers["transfer-encoding"] === undefined &&
    /^application\/vnd\.docker\.(?:raw|multiplexed)-stream$/.test(headers["content-type"] ?? "")
  );
}

function upstreamHead({ method, target, headers, body, streamsBody, hijacks }: ForwardedRequest): UpstreamHead {
  const all: Record<string, string> = { Host: "docker" };
  for (const [name, value] of headers) {
    if (!OURS.has(name.toLowerCase())) {
      all[name] = value;
    }
  }
  if (streamsBody) {
    all["Transfer-Encoding"] = "chunked";
  } else if (body !== undefined || (method !== "GET" && method !== "HEAD")) {
    all["Content-Length"] = String(body?.length ?? 0);
  }
  if (hijacks) {
    all["Connection"] = "Upgrade";
    all["Upgrade"] = headers.find(([name]) => name.toLowerCase() === "upgrade")?.[1] ?? "tcp";
  }
  return { method, path: target, headers: all };
}

/** Headers of this hop: nobody but the data plane writes them. */
const OURS: ReadonlySet<string> = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "upgrade",
  "expect",
  "te",
  "trailer",
  "keep-alive",
]);
