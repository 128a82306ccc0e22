import { write as fsWrite } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { promisify } from "node:util";
import { LOG_LINE_BYTES_MAX } from "../limits.ts";
import { type ChainEnd, EMPTY_CHAIN, sha256, unseal } from "./chain.ts";

/** Where records go: a file, or in tests something that fails. */
export interface LogTarget {
  /** Writes at the end; resolves to the bytes that were taken, which may be fewer. */
  write(bytes: Buffer): Promise<number>;
  /** Brings what was written onto the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** A record that broke off: what a crash leaves behind. */
export interface TornRecord {
  readonly bytes: number;
  readonly sha256: string;
}

export interface OpenedLog {
  readonly target: LogTarget;
  readonly end: ChainEnd;
  /** The last record of the file broke off. */
  readonly torn?: TornRecord;
}

/** The last record of a log that is there already cannot be read, so its chain cannot be carried on. */
export class LogBrokenError extends Error {
  override readonly name = "LogBrokenError";
}

/** Opens a log for appending and finds where its chain stands. `-` is standard output, which begins a chain of its own. */
export async function openLog(path: string): Promise<OpenedLog> {
  if (path === "-") {
    return { target: standardOutput, end: EMPTY_CHAIN };
  }
  const file = await open(path, "a+", 0o600);
  try {
    return { target: fileTarget(file), ...(await findEnd(file, path)) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

const write = promisify(fsWrite);

/** Standard output, written to off the main thread: a pipe that nobody reads must not hold the gate. */
const standardOutput: LogTarget = {
  write: async (bytes) => (await write(1, bytes)).bytesWritten,
  sync: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

function fileTarget(file: FileHandle): LogTarget {
  return {
    write: async (bytes) => (await file.write(bytes)).bytesWritten,
    sync: () => file.datasync(),
    close: () => file.close(),
  };
}

/** Reads the last lines of a file. */
async function findEnd(file: FileHandle, path: string): Promise<{ end: ChainEnd; torn?: TornRecord }> {
  const { size } = await file.stat();
  if (size === 0) {
    return { end: EMPTY_CHAIN };
  }
  const length = Math.min(size, 2 * LOG_LINE_BYTES_MAX);
  const tail = Buffer.alloc(length);
  await file.read(tail, 0, length, size - length);
  const lines = tail.toString("latin1").split("\n");
  const last = Buffer.from(lines.at(-1) ?? "", "latin1");
  const torn = last.length === 0 ? undefined : { bytes: last.length, sha256: sha256(last) };
  const whole = lines.at(-2);
  if (whole === undefined) {
    return { end: EMPTY_CHAIN, ...(torn !== undefined && { torn }) };
  }
  const record = unseal(Buffer.from(whole, "latin1").toString("utf8"));
  if (record === undefined) {
    throw new LogBrokenError(
      `the last record of ${path} is no record of this log, or was changed: move the file away, or see \`sekisho guard verify-log\``,
    );
  }
  return {
    end: { nextSequence: record.sequence + 1, lastHash: record.hash },
    ...(torn !== undefined && { torn }),
  };
}
