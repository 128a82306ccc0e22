/** One connection: heads, bodies and answers in turn, until somebody closes it or a handler takes it over. */
import type { Socket } from "node:net";
import type { CapturedRequest, CaptureSink } from "../capture/index.ts";
import { EMPTY_BODY, type ReceivedBody, readBody, releaseBody } from "./body.ts";
import { ByteInput } from "./byte-input.ts";
import { framingOf } from "./framing.ts";
import { type Head, type HeadDialect, hasToken, readHead } from "./head.ts";
import { LINGER_MS, STREAM_CAPTURED_BYTES_MAX } from "./limits.ts";
import { Response } from "./response.ts";

/** A request on its way to a handler. */
export interface Request {
  readonly id: string;
  readonly connectionId: string;
  readonly remoteAddress: string;
  readonly head: Head;
  readonly body: ReceivedBody;
  /** Aborted when the visitor finishes sending or goes away before the answer is complete. */
  readonly gone: AbortSignal;
  /** What a handler that has taken the connection over reads from. */
  readonly input: ByteInput;
  /** Ids for the record; handlers fill them in. */
  readonly ids: RequestIds;
  /** Tells the sink of bytes of a connection that was taken over. */
  captureStream(direction: "from-visitor" | "to-visitor", bytes: Uint8Array): void;
}

export interface RequestIds {
  created: { containerId?: string; execId?: string; imageId?: string };
  named: { containerId?: string; execId?: string };
}

export interface ConnectionSettings {
  readonly sink: CaptureSink;
  readonly dialect: HeadDialect;
  /** Go from 1.23 on refuses an empty Content-Length. */
  readonly emptyLengthIsWrong: boolean;
  /** Answers a request; rejecting is a fault of ours and closes the connection. */
  handle(request: Request, response: Response): Promise<void> | void;
  /** A token of the visitor's rate; waits when he is too fast. */
  admit(): Promise<void> | void;
  nextRequestId(): string;
  /** A fault of ours, for the operator. */
  fault(error: unknown): void;
}

/** Serves a connection until it ends. Never rejects. */
export async function serveConnection(
  socket: Socket,
  connectionId: string,
  remoteAddress: string,
  settings: ConnectionSettings,
): Promise<{ readonly bytesIn: number; readonly bytesOut: number }> {
  const input = new ByteInput(socket);
  try {
    let goOn = true;
    while (goOn && !socket.destroyed) {
      goOn = await serveRequest(socket, input, connectionId, remoteAddress, settings);
    }
  } catch (error) {
    settings.fault(error);
    socket.destroy();
  }
  await closeAndWait(socket);
  return { bytesIn: input.total, bytesOut: socket.bytesWritten };
}

async function serveRequest(
  socket: Socket,
  input: ByteInput,
  connectionId: string,
  remoteAddress: string,
  settings: ConnectionSettings,
): Promise<boolean> {
  const head = await readHead(input, settings.dialect);
  const requestId = settings.nextRequestId();
  const base = { connectionId, requestId, time: Date.now() };
  if ("kind" in head) {
    if (head.kind === "refused") {
      await settings.sink.requestReceived({
        ...base,
        ...MALFORMED,
        malformed: head.firstLine,
        headers: head.headers,
      });
      refuse(socket, head.status, head.body);
      settings.sink.responseSent({
        ...base,
        status: Number(head.status.slice(0, 3)),
        bytes: head.body.length,
        ...NO_IDS,
      });
    }
    return false;
  }
  await settings.admit();
  const about = {
    ...base,
    method: head.method,
    target: head.target,
    httpVersion: `1.${head.minor}`,
    headers: head.headers,
  };
  const framing = framingOf(head, settings.emptyLengthIsWrong);
  if (framing.kind === "refused") {
    await settings.sink.requestReceived({ ...about, body: EMPTY_BODY.captured });
    refuse(socket, framing.status, framing.body);
    settings.sink.responseSent({
      ...base,
      status: Number(framing.status.slice(0, 3)),
      bytes: framing.body.length,
      ...NO_IDS,
    });
    return false;
  }
  const expectation = expects(head);
  if (expectation === "continue" && framing.kind !== "none") {
    socket.write("HTTP/1.1 100 Continue\r\n\r\n");
  }
  const body =
    framing.kind === "none"
      ? EMPTY_BODY
      : await readBody(input, framing, () => settings.sink.spill({ connectionId, requestId }));
  try {
    const recorded = settings.sink.requestReceived({ ...about, body: body.captured });
    if (recorded !== undefined) {
      await recorded;
    }
    const response = new Response(socket, {
      head,
      bodyBytes: body.captured.totalBytes,
      bodyFailed: body.failure !== undefined,
    });
    if (expectation === "unknown") {
      response.header("Connection", "close");
      response.writeHead(417);
      response.end();
      settings.sink.responseSent({ ...base, status: 417, bytes: 0, ...NO_IDS });
      return false;
    }
    return await answer(
      socket,
      input,
      { ...about, body: body.captured },
      { head, body, remoteAddress },
      response,
      settings,
    );
  } finally {
    releaseBody(body);
  }
}

const MALFORMED = { method: "", target: "", httpVersion: "", body: EMPTY_BODY.captured };
const NO_IDS = { created: {}, named: {} };

async function answer(
  socket: Socket,
  input: ByteInput,
  about: CapturedRequest,
  received: { readonly head: Head; readonly body: ReceivedBody; readonly remoteAddress: string },
  response: Response,
  settings: ConnectionSettings,
): Promise<boolean> {
  const { connectionId, requestId } = about;
  const gone = new AbortController();
  const stopListening = input.onEnd(() => {
    if (!response.hijacked) {
      gone.abort();
    }
  });
  const ids: RequestIds = { created: {}, named: {} };
  const left = { "from-visitor": STREAM_CAPTURED_BYTES_MAX, "to-visitor": STREAM_CAPTURED_BYTES_MAX };
  const request: Request = {
    id: requestId,
    connectionId,
    ...received,
    gone: gone.signal,
    input,
    ids,
    captureStream: (direction, bytes) => {
      const kept = bytes.subarray(0, left[direction]);
      if (kept.length > 0) {
        left[direction] -= kept.length;
        settings.sink.streamData({
          connectionId,
          requestId,
          time: Date.now(),
          direction,
          bytes: kept,
          last: left[direction] === 0,
        });
      }
    },
  };
  const handled = settings.handle(request, response);
  if (handled !== undefined) {
    await handled;
  }
  response.end();
  stopListening();
  settings.sink.responseSent({
    connectionId,
    requestId,
    time: Date.now(),
    status: response.status,
    bytes: response.bodyBytes,
    ...ids,
  });
  if (socket.writableNeedDrain) {
    await response.drained();
  }
  return !response.closes && !response.hijacked;
}

function expects(head: Head): "continue" | "unknown" | "nothing" {
  const values = head.values.get("Expect");
  if (values === undefined || values[0] === "") {
    return "nothing";
  }
  if (hasToken(values, "100-continue")) {
    return head.minor >= 1 ? "continue" : "nothing";
  }
  return "unknown";
}

/** The bare answers of net/http: no Date, and the connection ends. */
function refuse(socket: Socket, status: string, body: string): void {
  socket.write(
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n${body}`,
    "latin1",
  );
}

/** Finishes sending, lets the visitor read it, and cuts. */
function closeAndWait(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) {
      resolve();
      return;
    }
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    socket.resume();
    socket.end();
    if (socket.readableEnded) {
      socket.once("finish", () => socket.destroy());
    }
  });
}
