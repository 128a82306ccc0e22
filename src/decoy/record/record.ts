import { randomBytes } from "node:crypto";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import type {
  AcceptedConnection,
  BodySpill,
  CapturedExecution,
  CapturedRequest,
  CaptureSink,
  ClosedConnection,
  SentResponse,
  StreamBytes,
} from "../capture/index.ts";
import { Bodies } from "./bodies.ts";
import { Journal, journalNumber } from "./journal.ts";
import {
  BODIES_REMEMBERED_MAX,
  BODY_INLINE_BYTES_MAX,
  BODY_SHARED_BYTES_MIN,
  type Retention,
  WAITING_BYTES_MAX,
} from "./limits.ts";
import type { BodyLine, RecordLine } from "./line.ts";
import { sweep } from "./retention.ts";
import { readSettings, writeSettings } from "./settings.ts";

/** How a record is kept. */
export interface RecordOptions {
  /** Folder of the decoy; the record is the folder `record` in it. */
  readonly dir: string;
  readonly retention: Retention;
  /** Remembered for reports that do not say it themselves. */
  readonly sessionIdleMs?: number;
  /** A fault of the disk: the decoy goes on answering, and what it could not write is lost. */
  readonly fault: (error: unknown) => void;
  /** Told of every line once it is in the journal's hands. Must not throw. */
  readonly observe?: (line: RecordLine) => void;
}

/** A record that is open for writing. */
export interface DecoyRecord extends CaptureSink {
  /** Name of this run, in every line. */
  readonly run: string;
  /** Bytes of streams that were not kept because the disk did not keep up. */
  readonly lostStreamBytes: () => number;
  close(): Promise<void>;
}

/** Opens the record of a decoy. What earlier runs wrote stays. */
export async function openRecord(options: RecordOptions): Promise<DecoyRecord> {
  const folder = recordFolder(options.dir);
  await mkdir(join(folder, "bodies"), { recursive: true, mode: 0o700 });
  if (options.sessionIdleMs !== undefined) {
    await writeSettings(folder, { sessionIdleMs: options.sessionIdleMs });
  }
  const names = await readdir(folder);
  const last = Math.max(0, ...names.map((name) => journalNumber(name) ?? 0));
  const bytes = await sweep(folder, options.retention, Date.now());
  return new DiskRecord(options, folder, last, bytes);
}

/** Where the record of a decoy lies. */
export const recordFolder = (dir: string): string => join(dir, "record");

/** Silence after which a session is over, as the last run of the decoy was told; `undefined` when it was not. */
export const recordedIdle = async (dir: string): Promise<number | undefined> =>
  (await readSettings(recordFolder(dir))).sessionIdleMs;

class DiskRecord implements DecoyRecord {
  readonly run = randomBytes(4).toString("hex");
  readonly #options: RecordOptions;
  readonly #journal: Journal;
  readonly #bodies: Bodies;
  readonly #addresses = new Map<string, string>();
  #written = new Set<string>();
  #bytes: number;
  #lost = 0;
  #sweeping = false;

  constructor(options: RecordOptions, folder: string, lastNumber: number, bytes: number) {
    this.#options = options;
    this.#bytes = bytes;
    this.#journal = new Journal(folder, lastNumber, {
      fault: options.fault,
      rolled: () => {
        this.#written = new Set();
        void this.#sweep(folder);
      },
    });
    this.#bodies = new Bodies(join(folder, "bodies"), (more) => this.#room(more), options.fault);
  }

  connectionOpened(connection: AcceptedConnection): void {
    this.#addresses.set(connection.id, connection.remoteAddress);
    this.#add({
      id: "decoy.connection.opened",
      ...this.#head(connection.id, connection.time),
      address: connection.remoteAddress,
      port: connection.remotePort,
      localPort: connection.localPort,
      tls: connection.tls,
    });
  }

  spill(): BodySpill | undefined {
    return this.#room(BODY_INLINE_BYTES_MAX) ? this.#bodies.spill(this.run) : undefined;
  }

  async requestReceived(request: CapturedRequest): Promise<void> {
    const line: RecordLine = {
      id: "decoy.request.received",
      ...this.#head(request.connectionId, request.time),
      request: request.requestId,
      address: this.#addresses.get(request.connectionId) ?? "",
      method: request.method,
      target: request.target,
      httpVersion: request.httpVersion,
      ...(request.malformed !== undefined && { malformed: request.malformed }),
      headers: request.headers,
      body: await this.#body(request),
      ...(carriesAccount(request) && { secret: true as const }),
    };
    const text = `${JSON.stringify(line)}\n`;
    this.#bytes += text.length;
    await this.#journal.addAndWait(text);
    this.#options.observe?.(line);
  }

  responseSent(response: SentResponse): void {
    this.#add({
      id: "decoy.response.sent",
      ...this.#head(response.connectionId, response.time),
      request: response.requestId,
      status: response.status,
      bytes: response.bytes,
      created: response.created,
      named: response.named,
    });
  }

  streamData(data: StreamBytes): void {
    if (this.#journal.waitingBytes > WAITING_BYTES_MAX) {
      this.#lost += data.bytes.length;
      return;
    }
    this.#add({
      id: "decoy.stream.data",
      ...this.#head(data.connectionId, data.time),
      request: data.requestId,
      direction: data.direction,
      base64: Buffer.from(data.bytes).toString("base64"),
      last: data.last,
    });
  }

  execution(execution: CapturedExecution): void {
    this.#add({
      id: "decoy.execution.ended",
      ...this.#head(execution.connectionId, execution.time),
      request: execution.requestId,
      kind: execution.kind,
      containerId: execution.containerId,
      ...(execution.execId !== undefined && { execId: execution.execId }),
      image: execution.image,
      argv: execution.argv,
      user: execution.user,
      input: Buffer.from(execution.input).toString("utf8"),
      output: Buffer.from(execution.output).toString("utf8"),
      ...(execution.exitCode !== undefined && { exitCode: execution.exitCode }),
      ...(execution.observations !== undefined && { observations: execution.observations }),
    });
  }

  connectionClosed(connection: ClosedConnection): void {
    this.#add({
      id: "decoy.connection.closed",
      ...this.#head(connection.id, connection.time),
      bytesIn: connection.bytesIn,
      bytesOut: connection.bytesOut,
    });
    this.#addresses.delete(connection.id);
  }

  lostStreamBytes(): number {
    return this.#lost;
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  #head(connection: string, time: number) {
    return { time: new Date(time).toISOString(), run: this.run, connection };
  }

  #add(line: RecordLine): void {
    const text = `${JSON.stringify(line)}\n`;
    this.#bytes += text.length;
    this.#journal.add(text);
    this.#options.observe?.(line);
  }

  async #body({ body }: CapturedRequest): Promise<BodyLine> {
    const { totalBytes, sha256, bytes } = body;
    const about = { bytes: totalBytes, sha256, ...(body.cut && { cut: true as const }) };
    if (totalBytes === 0) {
      return about;
    }
    if (body.spilledPath !== undefined) {
      const kept = await this.#bodies.keepSpilled(body.spilledPath, sha256);
      return kept ? { ...about, file: true } : { ...about, kept: 0 };
    }
    const whole = bytes.length === totalBytes;
    if (bytes.length > BODY_INLINE_BYTES_MAX) {
      // A part has another hash than the whole: its file would have the wrong name.
      return whole && (await this.#bodies.keep(bytes, sha256))
        ? { ...about, file: true }
        : { ...about, kept: BODY_INLINE_BYTES_MAX, ...written(bytes.subarray(0, BODY_INLINE_BYTES_MAX)) };
    }
    if (whole && totalBytes >= BODY_SHARED_BYTES_MIN) {
      if (this.#written.has(sha256)) {
        return { ...about, same: true };
      }
      if (this.#written.size < BODIES_REMEMBERED_MAX) {
        this.#written.add(sha256);
      }
    }
    return { ...about, ...(whole ? {} : { kept: bytes.length }), ...written(bytes) };
  }

  /** Whether more may be written; counts it when so. */
  #room(more: number): boolean {
    if (this.#bytes + more > this.#options.retention.bytesMax) {
      return false;
    }
    this.#bytes += more;
    return true;
  }

  async #sweep(folder: string): Promise<void> {
    if (this.#sweeping) {
      return;
    }
    this.#sweeping = true;
    try {
      this.#bytes = await sweep(folder, this.#options.retention, Date.now());
    } catch (error) {
      this.#options.fault(error);
    } finally {
      this.#sweeping = false;
    }
  }
}

/** Text as text, so that the journal can be read with ordinary tools; other bytes as base64. */
function written(bytes: Uint8Array): Pick<BodyLine, "text" | "base64"> {
  const buffer = Buffer.from(bytes);
  const text = buffer.toString("utf8");
  return Buffer.from(text).equals(buffer) ? { text } : { base64: buffer.toString("base64") };
}

const carriesAccount = ({ target, headers }: CapturedRequest): boolean =>
  /\/auth(?:$|\?)/.test(target) ||
  headers.some(([name]) => /^(?:x-registry-auth|x-registry-config|authorization)$/i.test(name));
