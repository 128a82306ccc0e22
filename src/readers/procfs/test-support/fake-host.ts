import { ABSENT, type FileStatus, type HostSource } from "../host-source.ts";

/** A made-up host for tests. */
export interface FakeHost {
  /** Content by path. Folders of a file exist. */
  readonly files?: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, string>>;
  readonly statuses?: Readonly<Record<string, Partial<FileStatus>>>;
  /** Paths that may not be read. */
  readonly hidden?: readonly string[];
}

const STATUS: FileStatus = { kind: "file", mode: 0o644, uid: 0, gid: 0 };

/** Reads a made-up host; what it does not have is absent. */
export function fakeSource({ files = {}, links = {}, statuses = {}, hidden = [] }: FakeHost): HostSource {
  const lookUp = (table: Readonly<Record<string, string>>) => (path: string) =>
    hidden.includes(path) ? undefined : (table[path] ?? ABSENT);
  return {
    text: lookUp(files),
    gunzipped: lookUp(files),
    link: lookUp(links),
    list(path) {
      const names = Object.keys(files).flatMap((file) =>
        file.startsWith(`${path}/`) ? [file.slice(path.length + 1).split("/")[0] ?? ""] : [],
      );
      return hidden.includes(path) ? undefined : names.length === 0 ? ABSENT : [...new Set(names)];
    },
    status(path) {
      if (hidden.includes(path)) {
        return undefined;
      }
      if (statuses[path] !== undefined) {
        return { ...STATUS, ...statuses[path] };
      }
      const isFolder = Object.keys(files).some((file) => file.startsWith(`${path}/`));
      return isFolder ? { ...STATUS, kind: "directory" } : path in files ? STATUS : ABSENT;
    },
  };
}

/** A host of which nothing may be read. */
export const CLOSED_HOST: HostSource = {
  text: () => undefined,
  gunzipped: () => undefined,
  list: () => undefined,
  link: () => undefined,
  status: () => undefined,
};
