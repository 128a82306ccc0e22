import { type FileHandle, mkdir, open, rename, stat, unlink, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BodySpill } from "../capture/index.ts";
import { syncFolder } from "./journal.ts";
import { BODY_STORED_BYTES_MAX } from "./limits.ts";

/** Where the bodies lie that are too large for the journal: each once, under its hash. */
export class Bodies {
  readonly #folder: string;
  readonly #fault: (error: unknown) => void;
  readonly #roomFor: (bytes: number) => boolean;
  #spills = 0;

  constructor(folder: string, roomFor: (bytes: number) => boolean, fault: (error: unknown) => void) {
    this.#folder = folder;
    this.#roomFor = roomFor;
    this.#fault = fault;
  }

  /** A file for a body whose hash is not known yet. */
  spill(run: string): BodySpill {
    this.#spills += 1;
    const path = join(this.#folder, `coming-${run}-${this.#spills}`);
    return new SpillFile(path, this.#roomFor, this.#fault);
  }

  /** Gives a spilled body its name; false when it could not be kept. */
  async keepSpilled(spilledPath: string, sha256: string): Promise<boolean> {
    const path = bodyPath(this.#folder, sha256);
    try {
      if (await exists(path)) {
        await unlink(spilledPath);
        await touch(path);
      } else {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await rename(spilledPath, path);
        await syncFolder(dirname(path));
      }
      return true;
    } catch (error) {
      this.#fault(error);
      return false;
    }
  }

  /** Writes a body under its hash; false when it could not be kept. */
  async keep(bytes: Uint8Array, sha256: string): Promise<boolean> {
    const path = bodyPath(this.#folder, sha256);
    try {
      if (await exists(path)) {
        await touch(path);
        return true;
      }
      if (!this.#roomFor(bytes.length)) {
        return false;
      }
      const spill = this.spill("body");
      await spill.write(bytes);
      const written = await spill.end();
      return written !== undefined && (await this.keepSpilled(written, sha256));
    } catch (error) {
      this.#fault(error);
      return false;
    }
  }
}

/** The file of a body. */
export const bodyPath = (folder: string, sha256: string): string => join(folder, sha256.slice(0, 2), sha256);

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return false;
    }
    throw error;
  }
}

/** The age of a body is that of its last use. */
const touch = (path: string): Promise<void> => utimes(path, new Date(), new Date());

class SpillFile implements BodySpill {
  readonly #path: string;
  readonly #roomFor: (bytes: number) => boolean;
  readonly #fault: (error: unknown) => void;
  #handle: Promise<FileHandle> | undefined;
  #bytes = 0;
  #failed = false;

  constructor(path: string, roomFor: (bytes: number) => boolean, fault: (error: unknown) => void) {
    this.#path = path;
    this.#roomFor = roomFor;
    this.#fault = fault;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#failed || this.#bytes >= BODY_STORED_BYTES_MAX) {
      return;
    }
    const part = bytes.subarray(0, BODY_STORED_BYTES_MAX - this.#bytes);
    if (!this.#roomFor(part.length)) {
      this.#failed = true;
      return;
    }
    this.#bytes += part.length;
    try {
      this.#handle ??= open(this.#path, "wx", 0o600);
      // The sender may reuse its memory when this returns.
      await (await this.#handle).appendFile(Buffer.from(part));
    } catch (error) {
      this.#failed = true;
      this.#fault(error);
    }
  }

  async end(): Promise<string | undefined> {
    if (this.#handle === undefined) {
      return undefined;
    }
    try {
      const handle = await this.#handle;
      if (!this.#failed) {
        await handle.datasync();
      }
      await handle.close();
      if (!this.#failed) {
        return this.#path;
      }
      await unlink(this.#path);
    } catch (error) {
      this.#fault(error);
    }
    return undefined;
  }
}
