import { readdir, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { journalNumber } from "./journal.ts";
import type { Retention } from "./limits.ts";

/** A file of the record. */
interface RecordFile {
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970 of its last use. */
  readonly used: number;
}

/** Most files that one sweep looks at. */
const FILES_MAX = 1_000_000;

/** Removes what is too old, then the oldest until the rest fits. Returns the bytes that are left. */
export async function sweep(folder: string, retention: Retention, now: number): Promise<number> {
  const files = (await filesOf(folder)).sort((left, right) => left.used - right.used);
  const oldest = now - retention.daysMax * 86_400_000;
  // The journal that is being written is the youngest, and stays whatever its size.
  const writing = files.filter(({ path }) => path.endsWith(".jsonl")).at(-1)?.path;
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, bytes, used } of files) {
    if (path !== writing && (used < oldest || total > retention.bytesMax)) {
      await unlink(path);
      total -= bytes;
    }
  }
  return total;
}

async function filesOf(folder: string): Promise<RecordFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: RecordFile[] = [];
  for (const entry of entries.slice(0, FILES_MAX)) {
    if (
      entry.isFile() &&
      (journalNumber(entry.name) !== undefined || /^(?:[0-9a-f]{64}|coming-.*)$/.test(entry.name))
    ) {
      const path = join(entry.parentPath, entry.name);
      const { size, mtimeMs } = await stat(path);
      files.push({ path, bytes: size, used: mtimeMs });
    }
  }
  return files;
}
