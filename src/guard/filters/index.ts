import { Transform, type TransformCallback } from "node:stream";
import type { AnswerFilter } from "../judge/index.ts";
import { FILTERED_ANSWER_BYTES_MAX, FILTERED_LINE_BYTES_MAX } from "../limits.ts";
import { AnswerShapeError, filterDocument } from "./documents.ts";
import { parseExact } from "./exact-json.ts";

/** Makes the stream that an answer goes through, for answers that are what was asked for; errors pass as they are. */
export function filterFor(filter: AnswerFilter | undefined): ((status: number) => Transform | undefined) | undefined {
  if (filter === undefined) {
    return undefined;
  }
  return (status) => {
    if (status !== 200) {
      return undefined;
    }
    return filter.document === "events" ? new LineFilter(filter) : new DocumentFilter(filter);
  };
}

/** Holds a whole document, and lets go of what the client may see. */
class DocumentFilter extends Transform {
  readonly #filter: AnswerFilter;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(filter: AnswerFilter) {
    super();
    this.#filter = filter;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, next: TransformCallback): void {
    this.#bytes += chunk.length;
    if (this.#bytes > FILTERED_ANSWER_BYTES_MAX) {
      next(new AnswerShapeError("the answer is larger than the gate can filter"));
      return;
    }
    this.#chunks.push(chunk);
    next();
  }

  override _flush(next: TransformCallback): void {
    const text = Buffer.concat(this.#chunks, this.#bytes).toString("utf8");
    if (text === "") {
      next(); // the answer to a HEAD
      return;
    }
    guarded(next, () => `${JSON.stringify(filterDocument(parseExact(text), this.#filter))}\n`);
  }
}

/** API 1.52 may put one before each event (RFC 7464). */
const RECORD_SEPARATOR = "\u001e";

/** Decides line by line. A line that stays as it is goes on byte for byte. */
class LineFilter extends Transform {
  readonly #filter: AnswerFilter;
  #rest: Buffer = Buffer.alloc(0);

  constructor(filter: AnswerFilter) {
    super();
    this.#filter = filter;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, next: TransformCallback): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const end = bytes.lastIndexOf(0x0a) + 1;
    this.#rest = bytes.subarray(end);
    if (this.#rest.length > FILTERED_LINE_BYTES_MAX) {
      next(new AnswerShapeError("a line is longer than the gate can filter"));
      return;
    }
    guarded(next, () => this.#lines(bytes.subarray(0, end)));
  }

  override _flush(next: TransformCallback): void {
    guarded(next, () => this.#lines(this.#rest));
  }

  #lines(bytes: Buffer): string {
    let kept = "";
    for (const line of bytes.toString("utf8").split(/(?<=\n)/)) {
      kept += this.#line(line);
    }
    return kept;
  }

  #line(line: string): string {
    const json = line.startsWith(RECORD_SEPARATOR) ? line.slice(1) : line;
    if (json.trim() === "") {
      return line;
    }
    const event = filterDocument(parseExact(json), this.#filter);
    if (event === undefined) {
      return "";
    }
    return this.#filter.hideEnvironment
      ? `${line.slice(0, line.length - json.length)}${JSON.stringify(event)}\n`
      : line;
  }
}

/** An answer that cannot be understood is cut off, never passed on unfiltered. */
function guarded(next: TransformCallback, write: () => string): void {
  let text: string;
  try {
    text = write();
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof AnswerShapeError) {
      next(error);
      return;
    }
    throw error;
  }
  next(null, text);
}
