import { createReadStream } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { bodyPath } from "./bodies.ts";
import { journalName, journalNumber } from "./journal.ts";
import { LINE_BYTES_MAX } from "./limits.ts";
import { RECORD_LINE_IDS, type RecordLine, type RequestReceivedLine } from "./line.ts";
import { recordFolder } from "./record.ts";

/** Most bytes of a body in a file of its own that are read for a report. */
export const BODY_READ_BYTES_MAX = 8 * 1024 * 1024;

/** Where a reader is: what was read of which file. */
export interface ReadPosition {
  readonly file: number;
  readonly bytes: number;
}

/** A line with the place behind it. */
export interface PlacedLine {
  readonly line: RecordLine;
  readonly body: Buffer | undefined;
  readonly position: ReadPosition;
}

/** There is no record where one was looked for. */
export class RecordMissing extends Error {
  override readonly name = "RecordMissing";
}

/**
 * Reads a record from a place on, the oldest line first, while it may still be written. A last line that a crash cut is
 * left out; so is a line that is no JSON.
 *
 * @throws {RecordMissing} when the folder holds no record.
 */
export async function* readRecord(dir: string, from: ReadPosition = { file: 0, bytes: 0 }): AsyncGenerator<PlacedLine> {
  const folder = recordFolder(dir);
  for (const number of await journalsOf(folder)) {
    if (number < from.file) {
      continue;
    }
    const start = number === from.file ? from.bytes : 0;
    for await (const { line, body, end } of readJournal(join(folder, journalName(number)))) {
      // Lines before the place are read for the bodies that later ones refer to.
      if (end > start) {
        yield { line, body, position: { file: number, bytes: end } };
      }
    }
  }
}

/** Reads one journal file; the bodies that are files of their own are looked for beside it. */
export async function* readJournal(
  path: string,
): AsyncGenerator<{ readonly line: RecordLine; readonly body: Buffer | undefined; readonly end: number }> {
  const bodies = new Map<string, Buffer>();
  for await (const { text, end } of linesOf(path)) {
    const line = parseLine(text);
    if (line !== undefined) {
      const body = line.id === "decoy.request.received" ? await bodyOf(dirname(path), line, bodies) : undefined;
      yield { line, body, end };
    }
  }
}

async function journalsOf(folder: string): Promise<readonly number[]> {
  try {
    return (await readdir(folder)).flatMap((name) => journalNumber(name) ?? []).sort((left, right) => left - right);
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) {
      throw new RecordMissing(folder);
    }
    throw error;
  }
}

async function* linesOf(path: string): AsyncGenerator<{ readonly text: string; readonly end: number }> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let at = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      const line = Buffer.concat([...rest, chunk.subarray(from, end)]);
      rest = [];
      restBytes = 0;
      from = end + 1;
      if (line.length <= LINE_BYTES_MAX) {
        yield { text: line.toString("utf8"), end: at + from };
      }
    }
    at += chunk.length;
    restBytes += chunk.length - from;
    if (restBytes <= LINE_BYTES_MAX) {
      rest.push(chunk.subarray(from));
    }
  }
}

function parseLine(text: string): RecordLine | undefined {
  try {
    const parsed = JSON.parse(text);
    return RECORD_LINE_IDS.includes(parsed?.id) ? parsed : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

async function bodyOf(
  folder: string,
  { body }: RequestReceivedLine,
  bodies: Map<string, Buffer>,
): Promise<Buffer | undefined> {
  if (body.file === true) {
    return readStart(bodyPath(join(folder, "bodies"), body.sha256));
  }
  if (body.same === true) {
    return bodies.get(body.sha256);
  }
  const bytes =
    body.text !== undefined
      ? Buffer.from(body.text)
      : body.base64 !== undefined
        ? Buffer.from(body.base64, "base64")
        : undefined;
  if (bytes !== undefined && body.kept === undefined) {
    bodies.set(body.sha256, bytes);
  }
  return bytes;
}

/** The beginning of a file; `undefined` when retention has taken it. */
async function readStart(path: string): Promise<Buffer | undefined> {
  try {
    const handle = await open(path, "r");
    try {
      const { size } = await handle.stat();
      const buffer = Buffer.alloc(Math.min(size, BODY_READ_BYTES_MAX));
      await handle.read(buffer, 0, buffer.length, 0);
      return buffer;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}
