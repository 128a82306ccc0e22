import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { relayedHeaders } from "./answer-head.ts";
import { drainRefused, type ReadBody } from "./body.ts";
import type { ClientSide, RelayOptions, TakenOver } from "./client-side.ts";
import { bodyFraming, headText, readExactly, reasonOf } from "./wire.ts";

/** A chunked body without any chunk: dockerode sends one with an attach. */
const EMPTY_CHUNKED = Buffer.from("0\r\n\r\n");

const NOTHING = Buffer.alloc(0);

/** A request to switch protocols: Node's server has let go of the connection, and the body is still on it. */
export class UpgradeClient implements ClientSide {
  readonly message: IncomingMessage;
  readonly socket: Socket;
  readonly upgrades = true;
  #early: Buffer;
  #answered = false;
  #taken = false;

  constructor(message: IncomingMessage, socket: Socket, head: Buffer) {
    this.message = message;
    this.socket = socket;
    this.#early = head;
    socket.on("error", () => {}); // "close" follows
  }

  isGone(): boolean {
    return this.socket.destroyed;
  }

  onGone(callback: () => void): void {
    this.socket.once("close", () => {
      if (!this.#answered && !this.#taken) {
        callback();
      }
    });
  }

  onDone(callback: () => void): void {
    this.socket.once("close", () => {
      if (!this.#taken) {
        callback();
      }
    });
  }

  async readBody(expected: boolean, bytesMax: number, msMax: number): Promise<ReadBody> {
    const framing = bodyFraming(this.message);
    if (framing === "chunked") {
      return expected ? { failure: "unframed" } : this.#withoutChunks();
    }
    if (framing.length > bytesMax) {
      return { failure: "too-large" };
    }
    const result = await readExactly(this.socket, this.#early, framing.length, msMax);
    if ("failure" in result) {
      return result;
    }
    this.#early = result.rest;
    return { body: result.body };
  }

  #withoutChunks(): ReadBody {
    if (this.#early.subarray(0, EMPTY_CHUNKED.length).equals(EMPTY_CHUNKED)) {
      this.#early = this.#early.subarray(EMPTY_CHUNKED.length);
    } else if (this.#early.length > 0) {
      return { failure: "unframed" };
    }
    return { body: NOTHING };
  }

  bodyStream(): undefined {
    return undefined;
  }

  answer(status: number, headers: readonly string[], body: Buffer): void {
    this.#answered = true;
    const all = [...headers, "Content-Length", String(body.length), "Connection", "close"];
    this.socket.write(headText(`HTTP/1.1 ${status} ${reasonOf(status)}`, all));
    if (this.message.method !== "HEAD") {
      this.socket.write(body);
    }
    this.#hangUp();
  }

  relay(answer: IncomingMessage, { omitted, filter }: RelayOptions = {}): void {
    const { socket } = this;
    const headers = [...relayedHeaders(answer, omitted), "Connection", "close"];
    socket.write(headText(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`, headers));
    answer.once("error", () => this.cut());
    const body = filter === undefined ? answer : answer.pipe(filter);
    body.once("error", () => this.cut());
    body.once("end", () => {
      this.#answered = true;
      this.#hangUp();
    });
    body.pipe(socket, { end: false });
  }

  /** Ends our direction and reads on for a while, so that the client gets to read what was written. */
  #hangUp(): void {
    this.socket.end();
    drainRefused(this.socket, () => this.socket.destroy());
  }

  takeOver(answer: IncomingMessage): TakenOver {
    this.#taken = true;
    const { socket } = this;
    const headers = relayedHeaders(answer);
    const head =
      answer.statusCode === 101
        ? headText(`HTTP/1.1 101 ${answer.statusMessage || reasonOf(101)}`, [
            ...headers,
            ...["Connection", "Upgrade", "Upgrade", answer.headers.upgrade ?? "tcp"],
          ])
        : headText("HTTP/1.1 200 OK", headers);
    socket.write(head);
    return { socket, early: this.#early };
  }

  cut(): void {
    this.socket.destroy();
  }
}
