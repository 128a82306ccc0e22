import { type Readable, Transform, type TransformCallback } from "node:stream";
import { REFUSED_BODY_BYTES_MAX, REFUSED_BODY_MS_MAX, UPLOAD_STALL_MS_MAX } from "../limits.ts";

/** Why a body could not be read whole. */
export type BodyFailure = "too-large" | "too-slow" | "broken-off" | "unframed";

export type ReadBody = { readonly body: Buffer } | { readonly failure: BodyFailure };

/** Reads a body whole, at most `bytesMax` bytes within `msMax`. What is left of a larger one stays unread. */
export function readBody(source: Readable, bytesMax: number, msMax: number): Promise<ReadBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => finish({ failure: "too-slow" }), msMax);
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length > bytesMax) {
        finish({ failure: "too-large" });
        return;
      }
      chunks.push(chunk);
    };
    const end = () => finish({ body: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length) });
    const broken = () => finish({ failure: "broken-off" });
    const finish = (result: ReadBody) => {
      clearTimeout(timer);
      source.off("data", take).off("end", end).off("error", broken).off("close", broken);
      if ("failure" in result) {
        source.pause();
        source.on("error", () => {});
      }
      resolve(result);
    };
    source.on("data", take).on("end", end).on("error", broken).on("close", broken);
  });
}

/** Reads on for a while after a refusal: a client that is still sending would otherwise not get to read the answer. */
export function drainRefused(source: Readable, give: () => void): void {
  let left = REFUSED_BODY_BYTES_MAX;
  const timer = setTimeout(() => finish(), REFUSED_BODY_MS_MAX);
  const finish = () => {
    clearTimeout(timer);
    give();
  };
  source.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) {
      finish();
    }
  });
  source.once("end", finish);
  source.once("error", finish);
  source.once("close", () => clearTimeout(timer));
  source.resume();
}

/** The stream that a client sends is larger than it may be, or has stalled. */
export class UploadError extends Error {
  override readonly name = "UploadError";
  readonly failure: BodyFailure;

  constructor(failure: BodyFailure) {
    super(`the upload is ${failure}`);
    this.failure = failure;
  }
}

/** Lets a stream through up to a number of bytes, and not through a silence. Fails with an {@link UploadError}. */
export class UploadBound extends Transform {
  readonly #bytesMax: number;
  #bytes = 0;
  #stall: NodeJS.Timeout;

  constructor(bytesMax: number) {
    super();
    this.#bytesMax = bytesMax;
    this.#stall = setTimeout(() => this.#silent(), UPLOAD_STALL_MS_MAX);
    this.#stall.unref();
  }

  /** Nothing came for a while. When the engine has not taken what came before, that is not the client's doing. */
  #silent(): void {
    if (this.readableLength > 0) {
      this.#stall.refresh();
    } else {
      this.destroy(new UploadError("too-slow"));
    }
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, next: TransformCallback): void {
    this.#bytes += chunk.length;
    this.#stall.refresh();
    if (this.#bytes > this.#bytesMax) {
      next(new UploadError("too-large"));
    } else {
      next(null, chunk);
    }
  }

  override _destroy(error: Error | null, next: (error?: Error | null) => void): void {
    clearTimeout(this.#stall);
    next(error);
  }
}
