/**
 * What the imitated engine tells about its visitors, and when.
 *
 * The order of calls for one request is fixed: `connectionOpened`, then for each request `requestReceived` (awaited before
 * the first byte of its answer is sent, so whoever got an answer is on the record), any number of `execution` and
 * `streamData`, `responseSent`, and at last `connectionClosed`. Requests of one connection come one after the other;
 * different connections are interleaved.
 *
 * Every byte and text here was chosen by a visitor. Nothing is quoted or cut except by the bounds named below.
 */

/** A name and a value as they stood in the head, in their order, with repeats. Bytes are read as Latin-1. */
export type HeaderLine = readonly [name: string, value: string];

export interface AcceptedConnection {
  /** Unique for the life of the process: `c` and a number. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localPort: number;
  readonly tls: boolean;
}

/** A body, or what is kept of it. */
export interface CapturedBody {
  /** The first bytes, at most `BODY_KEPT_BYTES_MAX`; all of them unless `totalBytes` is larger. */
  readonly bytes: Uint8Array;
  /** Bytes that came, after chunks were put together. */
  readonly totalBytes: number;
  /** SHA-256 of all bytes that came, hex. */
  readonly sha256: string;
  /** The body ended early: the visitor went away, or its framing was broken. */
  readonly cut: boolean;
  /** Where the sink put the whole body, when it was too large to be kept in memory; see {@link CaptureSink.spill}. */
  readonly spilledPath?: string;
}

/** The body of a request that has none. */
export const NO_BODY: CapturedBody = {
  bytes: new Uint8Array(),
  totalBytes: 0,
  sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  cut: false,
};

export interface CapturedRequest {
  readonly connectionId: string;
  /** Unique for the life of the process: `r` and a number. */
  readonly requestId: string;
  /** When its head was complete; milliseconds since 1970. */
  readonly time: number;
  /** The first line as it stood there, when it could not be read as a request; then method and target are empty. */
  readonly malformed?: string;
  readonly method: string;
  readonly target: string;
  /** `1.1`, `1.0`. */
  readonly httpVersion: string;
  readonly headers: readonly HeaderLine[];
  readonly body: CapturedBody;
}

export interface SentResponse {
  readonly connectionId: string;
  readonly requestId: string;
  readonly time: number;
  readonly status: number;
  /** Bytes of the answer's body. */
  readonly bytes: number;
  /** Ids that the answer gave to the visitor: what ties later requests to this one. */
  readonly created: { readonly containerId?: string; readonly execId?: string; readonly imageId?: string };
  /** Ids that the request named, resolved. */
  readonly named: { readonly containerId?: string; readonly execId?: string };
}

/** Bytes of an upgraded connection, at most `STREAM_CAPTURED_BYTES_MAX` for each direction; the rest is only counted. */
export interface StreamBytes {
  readonly connectionId: string;
  readonly requestId: string;
  readonly time: number;
  readonly direction: "from-visitor" | "to-visitor";
  readonly bytes: Uint8Array;
  /** The bound was reached with these bytes: nothing more of this direction follows. */
  readonly last: boolean;
}

/** A program that a visitor wanted to run, told when it has ended or was given up. Nothing was really run. */
export interface CapturedExecution {
  readonly connectionId: string;
  /** The request that started it: `start` of a container or of an exec, a `RUN` step of a build. */
  readonly requestId: string;
  readonly time: number;
  readonly kind: "container" | "exec" | "build";
  readonly containerId: string;
  readonly execId?: string;
  readonly image: string;
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly workdir: string;
  readonly user: string;
  readonly tty: boolean;
  readonly privileged: boolean;
  /** The first bytes of standard input and of both outputs together, at most `EXECUTION_CAPTURED_BYTES_MAX` each. */
  readonly input: Uint8Array;
  readonly output: Uint8Array;
  /** Absent: still running, for example detached. */
  readonly exitCode?: number;
  /** What the imitated shell saw: commands, files written, addresses named. Absent: it tells nothing. */
  readonly observations?: readonly ExecutionObservation[];
}

/** One thing that a program tried, in the words of the shell. */
export interface ExecutionObservation {
  readonly kind: "command" | "file-written" | "file-read" | "fetch" | "lookup" | "connect" | "install" | "other";
  /** The command line, path, URL or name. */
  readonly value: string;
}

export interface ClosedConnection {
  readonly id: string;
  readonly time: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** A body on its way to the disk. */
export interface BodySpill {
  /** A returned promise asks the sender to wait. */
  write(bytes: Uint8Array): void | Promise<void>;
  /** All was written, or the visitor went away. Returns where the body is; undefined: it was not kept. */
  end(): Promise<string | undefined>;
}

/** Where the imitated engine puts what it saw. No method may throw or reject: a full disk is the sink's own affair. */
export interface CaptureSink {
  connectionOpened(connection: AcceptedConnection): void;
  /**
   * A place for a body that is too large for memory; asked once, when that becomes known, with the bytes so far to be
   * written first. Returns undefined when the sink does not want it; then only the first bytes and the hash are kept.
   */
  spill(request: { readonly connectionId: string; readonly requestId: string }): BodySpill | undefined;
  /** The answer is sent when the returned promise is fulfilled: then the request must survive a crash. */
  requestReceived(request: CapturedRequest): void | Promise<void>;
  responseSent(response: SentResponse): void;
  streamData(data: StreamBytes): void;
  execution(execution: CapturedExecution): void;
  connectionClosed(connection: ClosedConnection): void;
}
