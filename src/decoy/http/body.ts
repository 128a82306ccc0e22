/** Reads the body of one request: all of it, whoever may want it, within bounds of memory. */
import { createHash, type Hash } from "node:crypto";
import { type BodySpill, type CapturedBody, NO_BODY } from "../capture/index.ts";
import type { ByteInput } from "./byte-input.ts";
import type { Framing } from "./framing.ts";
import {
  BODIES_BYTES_MAX,
  BODY_BYTES_MAX,
  BODY_HANDLED_BYTES_MAX,
  BODY_KEPT_BYTES_MAX,
  CHUNK_LINE_BYTES_MAX,
  IDLE_MS_MAX,
} from "./limits.ts";

/** What a handler that reads the body to its end is told, in Go's words. */
export type BodyFailure =
  | "unexpected EOF"
  | "malformed chunked encoding"
  | "invalid byte in chunk length"
  | "http chunk length too large"
  | "empty hex number for chunk length"
  | "header line too long";

export interface ReceivedBody {
  readonly captured: CapturedBody;
  /** The bytes for the handler: all of them unless `truncated`. */
  readonly bytes: Buffer;
  /** More came than could be kept. */
  readonly truncated: boolean;
  readonly failure: BodyFailure | undefined;
}

export const EMPTY_BODY: ReceivedBody = {
  captured: NO_BODY,
  bytes: Buffer.alloc(0),
  truncated: false,
  failure: undefined,
};

let bytesInMemory = 0;

/** Bytes of bodies that are in memory now, over all connections. */
export const bodiesInMemory = (): number => bytesInMemory;

/** Gives back what a body took of the common bound. Called once, when its request is done. */
export function releaseBody(body: ReceivedBody): void {
  bytesInMemory -= body.bytes.length;
}

/** Gathers the pieces of a body: in memory as long as it may, on disk when the sink has a place. */
class Gathering {
  readonly #openSpill: () => BodySpill | undefined;
  readonly #pieces: Buffer[] = [];
  #kept = 0;
  #total = 0;
  #hash: Hash | undefined;
  #spill: BodySpill | undefined;
  #large = false;

  constructor(openSpill: () => BodySpill | undefined) {
    this.#openSpill = openSpill;
  }

  get total(): number {
    return this.#total;
  }

  async add(bytes: Buffer): Promise<void> {
    this.#total += bytes.length;
    this.#hash ??= createHash("sha256");
    this.#hash.update(bytes);
    if (!this.#large && this.#total > BODY_KEPT_BYTES_MAX) {
      this.#large = true;
      this.#spill = this.#openSpill();
      for (const piece of this.#pieces) {
        await this.#spill?.write(piece);
      }
    }
    if (this.#large) {
      await this.#spill?.write(bytes);
    }
    const room = Math.min(
      BODY_HANDLED_BYTES_MAX - this.#kept,
      Math.max(BODIES_BYTES_MAX - bytesInMemory, BODY_KEPT_BYTES_MAX - this.#kept),
    );
    const kept = this.#kept + bytes.length === this.#total ? bytes.subarray(0, Math.max(0, room)) : EMPTY;
    if (kept.length > 0) {
      this.#pieces.push(kept);
      this.#kept += kept.length;
      bytesInMemory += kept.length;
    }
  }

  async finish(failure: BodyFailure | undefined): Promise<ReceivedBody> {
    const bytes = this.#pieces.length === 1 ? (this.#pieces[0] ?? EMPTY) : Buffer.concat(this.#pieces);
    const spilledPath = await this.#spill?.end();
    const captured: CapturedBody = {
      bytes: bytes.subarray(0, BODY_KEPT_BYTES_MAX),
      totalBytes: this.#total,
      sha256: this.#hash?.digest("hex") ?? NO_BODY.sha256,
      cut: failure !== undefined,
      ...(spilledPath === undefined ? {} : { spilledPath }),
    };
    return { captured, bytes, truncated: bytes.length < this.#total, failure };
  }
}

const EMPTY = Buffer.alloc(0);

/** Reads a body to its end, or to where it goes wrong. */
export async function readBody(
  input: ByteInput,
  framing: Framing,
  openSpill: () => BodySpill | undefined,
): Promise<ReceivedBody> {
  if (framing.kind === "none") {
    return EMPTY_BODY;
  }
  const gathering = new Gathering(openSpill);
  const failure =
    framing.kind === "length" ? await readLength(input, framing.bytes, gathering) : await readChunks(input, gathering);
  return gathering.finish(failure);
}

async function readLength(input: ByteInput, bytes: number, gathering: Gathering): Promise<BodyFailure | undefined> {
  let left = bytes;
  while (left > 0) {
    if (input.length === 0 && !(await input.more(IDLE_MS_MAX))) {
      return "unexpected EOF";
    }
    const piece = input.takePiece(left);
    left -= piece.length;
    await gathering.add(piece);
    if (gathering.total > BODY_BYTES_MAX) {
      return "unexpected EOF";
    }
  }
  return undefined;
}

async function readChunks(input: ByteInput, gathering: Gathering): Promise<BodyFailure | undefined> {
  for (;;) {
    const line = await chunkLine(input);
    if (typeof line !== "string") {
      return line.failure;
    }
    const size = chunkSize(line);
    if (typeof size !== "number") {
      return size;
    }
    if (size === 0) {
      return readTrailers(input);
    }
    const failure = await readLength(input, size, gathering);
    if (failure !== undefined) {
      return failure;
    }
    while (input.length < 2) {
      if (!(await input.more(IDLE_MS_MAX))) {
        return "unexpected EOF";
      }
    }
    if (input.take(2).toString("latin1") !== "\r\n") {
      return "malformed chunked encoding";
    }
  }
}

/** A line that ends with LF, its white space at the end and its extension removed. */
async function chunkLine(input: ByteInput): Promise<string | { failure: BodyFailure }> {
  let searched = 0;
  for (;;) {
    const end = input.indexOf(10, searched);
    if (end >= CHUNK_LINE_BYTES_MAX || (end < 0 && input.length >= CHUNK_LINE_BYTES_MAX)) {
      return { failure: "header line too long" };
    }
    if (end >= 0) {
      const line = input
        .take(end + 1)
        .toString("latin1")
        .replace(/[ \t\r\n]+$/, "");
      const extension = line.indexOf(";");
      return extension < 0 ? line : line.slice(0, extension);
    }
    searched = input.length;
    if (!(await input.more(IDLE_MS_MAX))) {
      return { failure: "unexpected EOF" };
    }
  }
}

function chunkSize(line: string): number | BodyFailure {
  if (line === "") {
    return "empty hex number for chunk length";
  }
  for (let index = 0; index < line.length; index += 1) {
    if (!/[0-9A-Fa-f]/.test(line.charAt(index))) {
      return "invalid byte in chunk length";
    }
    if (index === 16) {
      return "http chunk length too large";
    }
  }
  return Number.parseInt(line, 16);
}

/** The lines after the last chunk: an empty one, or trailers and an empty one. */
async function readTrailers(input: ByteInput): Promise<BodyFailure | undefined> {
  for (let lines = 0; ; lines += 1) {
    let searched = 0;
    let end = input.indexOf(10);
    while (end < 0) {
      if (input.length >= CHUNK_LINE_BYTES_MAX) {
        return "header line too long";
      }
      searched = input.length;
      if (!(await input.more(IDLE_MS_MAX))) {
        return "unexpected EOF";
      }
      end = input.indexOf(10, searched);
    }
    const line = input.take(end + 1).toString("latin1");
    if (line === "\r\n" || line === "\n") {
      return undefined;
    }
    if (lines >= TRAILER_LINES_MAX) {
      return "header line too long";
    }
  }
}

/** Trailer lines that are read and forgotten. */
const TRAILER_LINES_MAX = 64;
