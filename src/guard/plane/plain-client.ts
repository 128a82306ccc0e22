import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import { relayedHeaders } from "./answer-head.ts";
import { drainRefused, type ReadBody, readBody } from "./body.ts";
import type { ClientSide, RelayOptions, TakenOver } from "./client-side.ts";
import { headText } from "./wire.ts";

const LISTENERS_OF_THE_SERVER = ["data", "end", "error", "timeout", "drain"] as const;

const NO_BODY = Promise.resolve({ body: Buffer.alloc(0) });

/** An ordinary request, as Node's server hands it over. */
export class PlainClient implements ClientSide {
  readonly message: IncomingMessage;
  readonly socket: Socket;
  readonly upgrades = false;
  readonly #waitsToSend: boolean;
  readonly #response: ServerResponse;
  #taken = false;

  /** @param waitsToSend the client waits for `100 Continue` before it sends its body */
  constructor(message: IncomingMessage, response: ServerResponse, waitsToSend: boolean) {
    this.message = message;
    this.socket = message.socket;
    this.#waitsToSend = waitsToSend;
    this.#response = response;
    // As an engine does: the connection is kept unless the client asks otherwise, and no header says so.
    response.sendDate = false;
    response.removeHeader("connection");
  }

  isGone(): boolean {
    return this.socket.destroyed || this.#response.closed;
  }

  onGone(callback: () => void): void {
    this.#response.once("close", () => {
      if (!this.#response.writableFinished && !this.#taken) {
        callback();
      }
    });
  }

  onDone(callback: () => void): void {
    this.#response.once("close", () => {
      if (!this.#taken) {
        callback();
      }
    });
  }

  readBody(_expected: boolean, bytesMax: number, msMax: number): Promise<ReadBody> {
    const { "content-length": length, "transfer-encoding": coding } = this.message.headers;
    if (coding === undefined && (length === undefined || length === "0")) {
      return NO_BODY; // RFC 9112, section 6.3: a request without either has none
    }
    return readBody(this.#askedForBody(), bytesMax, msMax);
  }

  bodyStream(): Readable {
    return this.#askedForBody();
  }

  #askedForBody(): IncomingMessage {
    if (this.#waitsToSend) {
      this.#response.writeContinue();
    }
    return this.message;
  }

  answer(status: number, headers: readonly string[], body: Buffer): void {
    const response = this.#response;
    if (response.headersSent) {
      this.cut();
      return;
    }
    const all = [...headers, "Content-Length", String(body.length)];
    if (!this.message.complete) {
      all.push("Connection", "close"); // what follows of the body must not be taken for the next request
    }
    this.#cutUnreadBody();
    response.writeHead(status, all);
    response.end(this.message.method === "HEAD" ? undefined : body);
  }

  relay(answer: IncomingMessage, { omitted, filter }: RelayOptions = {}): void {
    const response = this.#response;
    const writtenBefore = this.socket.bytesWritten;
    this.#cutUnreadBody();
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? "", relayedHeaders(answer, omitted));
    answer.once("error", () => this.cut());
    if (filter === undefined) {
      answer.pipe(response);
    } else {
      filter.once("error", () => this.cut());
      answer.pipe(filter).pipe(response);
    }
    // The head of a stream goes out even when nothing follows it yet; that of a short answer goes with its body.
    setImmediate(() => {
      if (!response.writableEnded && this.socket.bytesWritten === writtenBefore) {
        response.flushHeaders();
      }
    });
  }

  /** A body that is still coming when the answer is complete is read for a while, and not for ever. */
  #cutUnreadBody(): void {
    this.#response.once("finish", () => {
      if (!this.message.complete) {
        drainRefused(this.message, () => this.socket.destroy());
      }
    });
  }

  takeOver(answer: IncomingMessage): TakenOver {
    const { socket } = this;
    this.#taken = true;
    const early: Buffer[] = [];
    const keep = (chunk: Buffer) => early.push(chunk);
    // A listener for "data" makes Node's parser let go of the handle (generateSocketListenerWrapper in _http_server.js).
    socket.on("data", keep);
    for (const event of LISTENERS_OF_THE_SERVER) {
      for (const listener of socket.listeners(event)) {
        if (listener !== keep) {
          socket.off(event, listener as () => void);
        }
      }
    }
    socket.pause();
    socket.off("data", keep);
    this.message.on("error", () => {}); // the server still tells it of the connection's end
    this.#response.detachSocket(socket);
    socket.write(headText("HTTP/1.1 200 OK", relayedHeaders(answer)));
    return { socket, early: Buffer.concat(early) };
  }

  cut(): void {
    this.socket.destroy();
  }
}
