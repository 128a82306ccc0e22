/** The answer as Go's net/http writes it: which headers in which order, Content-Length or chunks, when to close. */
import type { Socket } from "node:net";
import type { Head } from "./head.ts";
import { hasToken } from "./head.ts";
import { OUTPUT_BYTES_MAX, UNREAD_BODY_BYTES_MAX, WRITE_BUFFER_BYTES } from "./limits.ts";

/** Reason phrases of Go's `http.StatusText` that dockerd uses. */
const REASONS: ReadonlyMap<number, string> = new Map([
  [101, "Switching Protocols"],
  [200, "OK"],
  [201, "Created"],
  [202, "Accepted"],
  [204, "No Content"],
  [301, "Moved Permanently"],
  [304, "Not Modified"],
  [400, "Bad Request"],
  [401, "Unauthorized"],
  [403, "Forbidden"],
  [404, "Not Found"],
  [405, "Method Not Allowed"],
  [406, "Not Acceptable"],
  [409, "Conflict"],
  [417, "Expectation Failed"],
  [500, "Internal Server Error"],
  [501, "Not Implemented"],
  [503, "Service Unavailable"],
]);

/** What the answer needs to know of its request. */
export interface Asked {
  readonly head: Head;
  /** Bytes of the body, and whether it ended as it should. */
  readonly bodyBytes: number;
  readonly bodyFailed: boolean;
}

let dateSecond = 0;
let dateText = "";

/** `Date:` of now; made once a second. */
function httpDate(): string {
  const second = Math.floor(Date.now() / 1000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateText = new Date(second * 1000).toUTCString();
  }
  return dateText;
}

/** Writes one answer. Headers are set before the first write that does not fit the buffer, or before `flush`. */
export class Response {
  readonly #socket: Socket;
  readonly #asked: Asked;
  readonly #headers = new Map<string, string>();
  readonly #isHead: boolean;
  #status = 0;
  #buffered: Buffer[] = [];
  #bufferedBytes = 0;
  #headSent = false;
  #chunking = false;
  #ended = false;
  #hijacked = false;
  #close = false;
  /** Set by a handler that reads the body: net/http then finds nothing left of it. */
  bodyRead = false;
  /** Bytes of the body that were sent or, for HEAD, would have been. */
  bodyBytes = 0;

  constructor(socket: Socket, asked: Asked) {
    this.#socket = socket;
    this.#asked = asked;
    this.#isHead = asked.head.method === "HEAD";
  }

  get status(): number {
    return this.#status;
  }

  get headSent(): boolean {
    return this.#headSent;
  }

  get hijacked(): boolean {
    return this.#hijacked;
  }

  /** Whether the connection ends after this answer. */
  get closes(): boolean {
    return this.#close;
  }

  /** Sets a header by its canonical name; an empty value removes it. */
  header(name: string, value: string): void {
    if (value === "") {
      this.#headers.delete(name);
    } else {
      this.#headers.set(name, value);
    }
  }

  /** Go's `WriteHeader`: the first call counts. */
  writeHead(status: number): void {
    if (this.#status === 0) {
      this.#status = status;
    }
  }

  /** Queues bytes of the body, as a `bufio.Writer` of 2048 bytes does. False: wait for {@link drained}. */
  write(data: Uint8Array | string): boolean {
    this.writeHead(200);
    if (this.#ended || !bodyAllowed(this.#status)) {
      return true;
    }
    let bytes =
      typeof data === "string" ? Buffer.from(data, "utf8") : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    this.bodyBytes += bytes.length;
    while (bytes.length > WRITE_BUFFER_BYTES - this.#bufferedBytes) {
      if (this.#bufferedBytes === 0) {
        this.#send(bytes);
        bytes = EMPTY;
      } else {
        const part = bytes.subarray(0, WRITE_BUFFER_BYTES - this.#bufferedBytes);
        this.#buffer(part);
        this.#sendBuffered();
        bytes = bytes.subarray(part.length);
      }
    }
    if (bytes.length > 0) {
      this.#buffer(bytes);
    }
    return this.#socket.writableLength <= OUTPUT_BYTES_MAX;
  }

  /** Sends what is queued, the head first. */
  flush(): void {
    this.writeHead(200);
    if (this.#bufferedBytes > 0) {
      this.#sendBuffered();
    } else if (!this.#headSent) {
      this.#sendHead(EMPTY, false);
    }
  }

  /** Fulfilled when what waits to be sent is below the bound, or the visitor is gone. */
  async drained(): Promise<void> {
    while (this.#socket.writableLength > OUTPUT_BYTES_MAX && !this.#socket.destroyed) {
      await new Promise<void>((resolve) => {
        const done = () => {
          this.#socket.off("drain", done);
          this.#socket.off("close", done);
          resolve();
        };
        this.#socket.once("drain", done);
        this.#socket.once("close", done);
      });
    }
  }

  /** The answer is complete. */
  end(): void {
    if (this.#ended || this.#hijacked) {
      return;
    }
    this.writeHead(200);
    this.#ended = true;
    if (this.#headSent) {
      if (this.#bufferedBytes > 0) {
        this.#sendBuffered();
      }
      if (this.#chunking) {
        this.#socket.write("0\r\n\r\n");
      }
      return;
    }
    const body = this.#takeBuffered();
    const head = this.#head(body, true);
    this.#headSent = true;
    this.#socket.write(
      this.#isHead || body.length === 0
        ? Buffer.from(head, "latin1")
        : Buffer.concat([Buffer.from(head, "latin1"), body]),
    );
  }

  /** The handler takes the connection over and writes its own head. The status is for the record. */
  hijack(status: number): Socket {
    this.#hijacked = true;
    this.#ended = true;
    this.#close = true;
    this.#status = status;
    return this.#socket;
  }

  /** The headers that were set, as Go's `Header.Write` gives them, without those named. */
  headerLines(except: ReadonlySet<string> = new Set()): string {
    return [...this.#headers]
      .filter(([name]) => !except.has(name))
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("");
  }

  #buffer(bytes: Buffer): void {
    this.#buffered.push(bytes);
    this.#bufferedBytes += bytes.length;
  }

  #takeBuffered(): Buffer {
    const bytes = this.#buffered.length === 1 ? (this.#buffered[0] ?? EMPTY) : Buffer.concat(this.#buffered);
    this.#buffered = [];
    this.#bufferedBytes = 0;
    return bytes;
  }

  #sendBuffered(): void {
    this.#send(this.#takeBuffered());
  }

  #send(bytes: Buffer): void {
    if (!this.#headSent) {
      this.#sendHead(bytes, false);
    }
    if (this.#isHead || bytes.length === 0) {
      return;
    }
    if (this.#chunking) {
      this.#socket.write(Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, CRLF]));
    } else {
      this.#socket.write(bytes);
    }
  }

  #sendHead(firstBytes: Buffer, done: boolean): void {
    const head = this.#head(firstBytes, done);
    this.#headSent = true;
    this.#socket.write(head, "latin1");
  }

  /** net/http's `chunkWriter.writeHeader`. */
  #head(first: Buffer, done: boolean): string {
    const { head, bodyBytes, bodyFailed } = this.#asked;
    const status = this.#status;
    const allowed = bodyAllowed(status);
    const excluded = new Set<string>();
    let contentLength = this.#headers.get("Content-Length");
    let extraLength = "";
    if (done && allowed && contentLength === undefined && (!this.#isHead || first.length > 0)) {
      extraLength = String(first.length);
      contentLength = extraLength;
    }
    const wantsKeepAlive10 = head.minor === 0 && hasToken(head.values.get("Connection"), "keep-alive");
    let connection = "";
    if (wantsKeepAlive10 && (this.#isHead || contentLength !== undefined || !allowed)) {
      connection = this.#headers.has("Connection") ? "" : "keep-alive";
    } else if (head.minor === 0 || hasToken(head.values.get("Connection"), "close")) {
      this.#close = true;
    }
    const unread = this.bodyRead ? 0 : bodyBytes;
    if (this.#headers.get("Connection") === "close" || head.preface || bodyFailed || unread > UNREAD_BODY_BYTES_MAX) {
      this.#close = true;
    }
    let contentType = "";
    if (allowed) {
      contentType = !this.#headers.has("Content-Type") && first.length > 0 ? sniff(first) : "";
    } else {
      for (const name of status === 304
        ? ["Content-Type", "Content-Length", "Transfer-Encoding"]
        : ["Content-Length", "Transfer-Encoding"]) {
        excluded.add(name);
      }
    }
    let transferEncoding = "";
    if (!this.#isHead && allowed && contentLength === undefined) {
      if (head.minor >= 1) {
        this.#chunking = true;
        transferEncoding = "chunked";
      } else {
        this.#close = true;
      }
    }
    if (this.#close && this.#headers.get("Connection") !== "close") {
      excluded.add("Connection");
      connection = head.minor >= 1 ? "close" : "";
    }
    const extra = [
      ["Date", httpDate()],
      ["Content-Length", allowed ? extraLength : ""],
      ["Content-Type", contentType],
      ["Connection", connection],
      ["Transfer-Encoding", transferEncoding],
    ] as const;
    return (
      `HTTP/1.${head.minor} ${status} ${REASONS.get(status) ?? `status code ${status}`}\r\n` +
      this.headerLines(excluded) +
      extra.map(([name, value]) => (value === "" ? "" : `${name}: ${value}\r\n`)).join("") +
      "\r\n"
    );
  }
}

const EMPTY = Buffer.alloc(0);
const CRLF = Buffer.from("\r\n");

function bodyAllowed(status: number): boolean {
  return status >= 200 && status !== 204 && status !== 304;
}

/** What `http.DetectContentType` says of the bytes that dockerd leaves without a type: text or not. */
function sniff(bytes: Buffer): string {
  for (const byte of bytes.subarray(0, 512)) {
    if (byte <= 8 || byte === 11 || (byte >= 14 && byte <= 26) || (byte >= 28 && byte <= 31)) {
      return "application/octet-stream";
    }
  }
  return "text/plain; charset=utf-8";
}
