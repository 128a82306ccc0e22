import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Readable, Transform } from "node:stream";
import type { ReadBody } from "./body.ts";

/** The connection of a client, taken out of the hands of the HTTP server. */
export interface TakenOver {
  readonly socket: Socket;
  /** Bytes that the client sent ahead. */
  readonly early: Buffer;
}

/** How an engine's answer is passed on. */
export interface RelayOptions {
  /** Names of headers, lower case, that stay behind. */
  readonly omitted?: ReadonlySet<string>;
  /** What the body goes through. */
  readonly filter?: Transform;
}

/** One request's way back to its client, whether Node's server handed it over as a request or as an upgrade. */
export interface ClientSide {
  readonly message: IncomingMessage;
  readonly socket: Socket;
  /** The client asked to switch protocols. */
  readonly upgrades: boolean;
  /** Nobody is there any more to be answered. */
  isGone(): boolean;
  /** Calls back when the client goes away before its answer is complete. */
  onGone(callback: () => void): void;
  /** Calls back when the answer is complete or the client is gone; not after {@link takeOver}. */
  onDone(callback: () => void): void;
  /** @param expected whether the route has a body; only an upgrade without one may leave open where it ends */
  readBody(expected: boolean, bytesMax: number, msMax: number): Promise<ReadBody>;
  /** The body as it comes; `undefined` for an upgrade, which has none. */
  bodyStream(): Readable | undefined;
  /** Answers with a whole body. What the client still sends is read for a while and then cut. */
  answer(status: number, headers: readonly string[], body: Buffer): void;
  /** Passes an engine's answer on. */
  relay(answer: IncomingMessage, options?: RelayOptions): void;
  /** Writes the head that begins a stream of raw bytes, and lets go of the connection. */
  takeOver(answer: IncomingMessage): TakenOver;
  /** Cuts the connection in the middle of an answer, as an engine does that dies. */
  cut(): void;
}
