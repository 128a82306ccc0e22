/** Tar archives in memory: read with suspicion (a visitor made them), written as Go's archive/tar writes them. */
import { gunzipSync } from "node:zlib";
import { MIB } from "../../base/index.ts";

/** Entries of one archive that are read; the rest is ignored. */
export const TAR_ENTRIES_MAX = 20_000;

/** What a compressed archive may become. */
export const UNPACKED_BYTES_MAX = 64 * MIB;

const BLOCK = 512;

export interface TarEntry {
  /** Without a slash at either end. */
  readonly name: string;
  readonly type: "file" | "directory" | "symlink" | "link" | "other";
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  readonly linkName: string;
  readonly data: Uint8Array;
}

/** The entries of an archive, compressed with gzip or not. Undefined: it is none. */
export function readTar(bytes: Uint8Array): TarEntry[] | undefined {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzip(bytes) : bytes;
  if (plain === undefined) {
    return undefined;
  }
  const buffer = Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
  const entries: TarEntry[] = [];
  let longName = "";
  let longLink = "";
  for (let offset = 0; offset + BLOCK <= buffer.length && entries.length < TAR_ENTRIES_MAX; ) {
    const header = buffer.subarray(offset, offset + BLOCK);
    if (header.every((byte) => byte === 0)) {
      return entries;
    }
    if (!hasGoodChecksum(header)) {
      return undefined;
    }
    const size = number(header, 124, 12);
    const start = offset + BLOCK;
    const data = buffer.subarray(start, start + size);
    if (data.length < size) {
      return undefined;
    }
    offset = start + Math.ceil(size / BLOCK) * BLOCK;
    const kind = String.fromCharCode(header[156] ?? 0);
    if (kind === "L" || kind === "K") {
      const text = data.toString("utf8").replace(/\0.*$/s, "");
      longName = kind === "L" ? text : longName;
      longLink = kind === "K" ? text : longLink;
      continue;
    }
    if (kind === "x") {
      const records = paxRecords(data);
      longName = records.get("path") ?? longName;
      longLink = records.get("linkpath") ?? longLink;
      continue;
    }
    if (kind === "g") {
      continue;
    }
    entries.push(entryOf(header, kind, data, longName, longLink));
    longName = "";
    longLink = "";
  }
  return entries.length === 0 && buffer.length > 0 ? undefined : entries;
}

function gunzip(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: UNPACKED_BYTES_MAX });
  } catch {
    return undefined; // not gzip after all, or too large
  }
}

const TYPES: Readonly<Record<string, TarEntry["type"]>> = {
  "0": "file",
  "\0": "file",
  "7": "file",
  "1": "link",
  "2": "symlink",
  "5": "directory",
};

function entryOf(header: Buffer, kind: string, data: Buffer, longName: string, longLink: string): TarEntry {
  const prefix = header.toString("latin1", 257, 262) === "ustar" ? text(header, 345, 155) : "";
  const name = longName || (prefix === "" ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`);
  return {
    name: name.replace(/^(?:\.?\/)+/, "").replace(/\/+$/, ""),
    type: kind !== "5" && name.endsWith("/") ? "directory" : (TYPES[kind] ?? "other"),
    mode: number(header, 100, 8) & 0o7777,
    uid: number(header, 108, 8),
    gid: number(header, 116, 8),
    mtime: number(header, 136, 12),
    linkName: longLink || text(header, 157, 100),
    data,
  };
}

const text = (header: Buffer, at: number, length: number): string =>
  header.toString("utf8", at, at + length).replace(/\0.*$/s, "");

function number(header: Buffer, at: number, length: number): number {
  if (((header[at] ?? 0) & 0x80) !== 0) {
    return Number(header.readBigUInt64BE(at + length - 8) & 0x1f_ffff_ffff_ffffn);
  }
  const value = Number.parseInt(header.toString("latin1", at, at + length).replaceAll(/[\0 ]/g, "") || "0", 8);
  return Number.isFinite(value) && value >= 0 ? value : 0;
}

function hasGoodChecksum(header: Buffer): boolean {
  let sum = 0;
  for (let index = 0; index < BLOCK; index += 1) {
    sum += index >= 148 && index < 156 ? 0x20 : (header[index] ?? 0);
  }
  return sum === number(header, 148, 8);
}

function paxRecords(data: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  for (let offset = 0; offset < data.length; ) {
    const match = /^(\d+) /.exec(data.toString("latin1", offset, offset + 12));
    const length = Number(match?.[1] ?? 0);
    if (match === null || length <= 0) {
      break;
    }
    const record = data.toString("utf8", offset + match[0].length, offset + length).replace(/\n$/, "");
    const equals = record.indexOf("=");
    records.set(record.slice(0, equals), record.slice(equals + 1));
    offset += length;
  }
  return records;
}

/** Packs entries, with the two empty blocks at the end. */
export function writeTar(entries: readonly TarEntry[]): Uint8Array {
  const blocks: Buffer[] = [];
  for (const entry of entries) {
    const name = entry.type === "directory" ? `${entry.name}/` : entry.name;
    if (Buffer.byteLength(name) > 100) {
      const long = Buffer.from(`${name}\0`);
      blocks.push(
        headerOf(
          { ...entry, name: "././@LongLink", linkName: "", mode: 0, uid: 0, gid: 0, mtime: 0 },
          "L",
          long.length,
        ),
        padded(long),
      );
    }
    const isFile = entry.type === "file";
    blocks.push(headerOf({ ...entry, name }, KINDS[entry.type], isFile ? entry.data.length : 0));
    if (isFile && entry.data.length > 0) {
      blocks.push(padded(entry.data));
    }
  }
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

const KINDS = { file: "0", directory: "5", symlink: "2", link: "1", other: "0" } as const;

function padded(data: Uint8Array): Buffer {
  const block = Buffer.alloc(Math.ceil(data.length / BLOCK) * BLOCK);
  block.set(data);
  return block;
}

function headerOf(entry: TarEntry, kind: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number): void => {
    header.write(
      `${value
        .toString(8)
        .padStart(length - 1, "0")
        .slice(-(length - 1))}\0`,
      at,
      "latin1",
    );
  };
  header.write(entry.name, 0, 100, "utf8");
  octal(entry.mode, 100, 8);
  octal(entry.uid, 108, 8);
  octal(entry.gid, 116, 8);
  octal(size, 124, 12);
  octal(Math.max(0, Math.floor(entry.mtime)), 136, 12);
  header.write("        ", 148, "latin1");
  header.write(kind, 156, "latin1");
  header.write(entry.linkName, 157, 100, "utf8");
  header.write("ustar\u000000", 257, "latin1");
  let sum = 0;
  for (const byte of header) {
    sum += byte;
  }
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return header;
}
