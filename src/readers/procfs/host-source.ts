/**
 * Where the probes read. They never open a file themselves, so that a test gives them a made-up host. What may not be
 * read is `undefined`, what is certainly not there is `"absent"`: a kernel without Yama and a hidden /proc differ.
 */
export interface HostSource {
  /** The text of a file. */
  readonly text: (path: string) => string | Absent | undefined;
  /** The text inside a gzip file. */
  readonly gunzipped: (path: string) => string | Absent | undefined;
  /** Follows symbolic links. */
  readonly status: (path: string) => FileStatus | Absent | undefined;
  /** Names in a directory. */
  readonly list: (path: string) => readonly string[] | Absent | undefined;
  /** The target of a symbolic link; the text behind a namespace link of /proc. */
  readonly link: (path: string) => string | Absent | undefined;
}

/** The file does not exist. */
export type Absent = typeof ABSENT;

/** See {@link Absent}. A symbol, because every text can be the content of a file. */
export const ABSENT: unique symbol = Symbol("absent");

/** The part of stat(2) that the probes ask for. */
export interface FileStatus {
  readonly kind: "file" | "directory" | "socket" | "other";
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** The text of a file without white space at its ends; `undefined` when it is not there or may not be read. */
export function textOf(source: HostSource, path: string): string | undefined {
  const text = source.text(path);
  return typeof text === "string" ? text.trim() : undefined;
}

/** A whole number in a file. */
export function numberOf(source: HostSource, path: string): number | undefined {
  const text = textOf(source, path);
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Whether a file exists; `undefined` when that may not be known. */
export function exists(source: HostSource, path: string): boolean | undefined {
  const status = source.status(path);
  return status === undefined ? undefined : status !== ABSENT;
}
