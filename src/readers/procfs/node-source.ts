import { readdirSync, readFileSync, readlinkSync, type Stats, statSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { MIB } from "../../base/index.ts";
import { ABSENT, type Absent, type FileStatus, type HostSource } from "./host-source.ts";

/** Bytes of a kernel's configuration once unpacked; a distribution's has 300 KiB. */
export const UNPACKED_BYTES_MAX = 4 * MIB;

/** Reads the machine that this process runs on. Synchronous: some thirty small files, once in an audit. */
export const NODE_SOURCE: HostSource = {
  text: (path) => unlessRefused(() => readFileSync(path, "utf8")),
  gunzipped: (path) =>
    unlessRefused(() => gunzipSync(readFileSync(path), { maxOutputLength: UNPACKED_BYTES_MAX }).toString("utf8")),
  status: (path) => unlessRefused(() => statusOf(statSync(path))),
  list: (path) => unlessRefused(() => readdirSync(path)),
  link: (path) => unlessRefused(() => readlinkSync(path)),
};

/** A host keeps secrets by many error numbers (EACCES, EPERM, EINVAL of an unused attribute, …): all are "not known". */
function unlessRefused<Value>(read: () => Value): Value | Absent | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && "code" in error && typeof error.code === "string") {
      return error.code === "ENOENT" ? ABSENT : undefined;
    }
    throw error;
  }
}

function statusOf(stats: Stats): FileStatus {
  const kind = stats.isFile() ? "file" : stats.isDirectory() ? "directory" : stats.isSocket() ? "socket" : "other";
  return { kind, mode: stats.mode & 0o7777, uid: stats.uid, gid: stats.gid };
}
