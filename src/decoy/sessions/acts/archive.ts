import { createHash } from "node:crypto";
import { isGzip, unpack } from "../shell/index.ts";

/** Most entries of one archive that are read. */
export const ARCHIVE_ENTRIES_MAX = 2_000;

/** Most bytes of one file of an archive that are kept for reading. */
export const ARCHIVE_FILE_BYTES_MAX = 1024 * 1024;

/** A file in an archive. */
export interface ArchiveEntry {
  readonly path: string;
  /** `file`, `directory`, or where a link points to. */
  readonly type: "file" | "directory" | "link";
  readonly mode: number;
  readonly bytes: number;
  readonly sha256: string | undefined;
  /** The first {@link ARCHIVE_FILE_BYTES_MAX} bytes. */
  readonly data: Buffer;
}

const BLOCK = 512;

/** Reads a tar archive (ustar, pax, GNU), packed with gzip or not, as far as it goes. Broken ones give what came before the break. */
export function readArchive(body: Buffer): readonly ArchiveEntry[] {
  const tar = isGzip(body) ? (unpack(body) ?? Buffer.alloc(0)) : body;
  const entries: ArchiveEntry[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length && entries.length < ARCHIVE_ENTRIES_MAX; ) {
    const header = tar.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0) || !checksumFits(header)) {
      break;
    }
    const bytes = Number.parseInt(text(header, 124, 12).trim() || "0", 8);
    const data = tar.subarray(at + BLOCK, at + BLOCK + bytes);
    const type = String.fromCharCode(header[156] ?? 0);
    at += BLOCK + Math.ceil(bytes / BLOCK) * BLOCK;
    if (type === "L") {
      longName = data.toString("utf8").replace(/\0.*$/s, "");
    } else if (type === "x") {
      longName = /\d+ path=([^\n]*)\n/.exec(data.toString("utf8"))?.[1];
    } else if (type !== "g" && type !== "K") {
      entries.push(entryOf(header, type, longName, bytes, data));
      longName = undefined;
    }
  }
  return entries;
}

function entryOf(
  header: Buffer,
  type: string,
  longName: string | undefined,
  bytes: number,
  data: Buffer,
): ArchiveEntry {
  const prefix = text(header, 257, 5) === "ustar" ? text(header, 345, 155) : "";
  const name = longName ?? (prefix === "" ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`);
  const isFile = type === "0" || type === "\0" || type === "7";
  return {
    path: name,
    type: type === "5" || name.endsWith("/") ? "directory" : isFile ? "file" : "link",
    mode: Number.parseInt(text(header, 100, 8).trim() || "0", 8),
    bytes,
    // A file that was cut has another hash than the visitor's.
    sha256: isFile && data.length === bytes ? createHash("sha256").update(data).digest("hex") : undefined,
    data: data.subarray(0, ARCHIVE_FILE_BYTES_MAX),
  };
}

const text = (header: Buffer, start: number, length: number): string =>
  header.toString("utf8", start, start + length).replace(/\0.*$/s, "");

function checksumFits(header: Buffer): boolean {
  const written = Number.parseInt(text(header, 148, 8).trim(), 8);
  let sum = 0;
  for (const [index, byte] of header.entries()) {
    sum += index >= 148 && index < 156 ? 0x20 : byte;
  }
  return sum === written;
}
