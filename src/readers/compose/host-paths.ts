import { posix } from "node:path";
import { REASONS } from "./messages.ts";
import type { ReadText } from "./variables.ts";

/** Where paths start. */
export interface PathBase {
  /** Absolute path of the directory that relative paths start from. */
  readonly directory?: string | undefined;
  /** Absolute path of the home directory of whoever runs Compose. */
  readonly home?: string | undefined;
}

/**
 * A path of the host as Compose hands it to the engine: `~` is the home directory, and what is not absolute starts at
 * the directory of the file. Purely lexical; without the directory it stays as written, and is not known.
 */
export function hostPath(source: string, options: PathBase): ReadText {
  if (source.startsWith("/") || isWindowsPath(source)) {
    return { text: source };
  }
  // compose-go cuts one character whatever follows it, so ~root is HOME/root.
  const [base, rest, reason] = source.startsWith("~")
    ? ([options.home, source.slice(1), REASONS.noHome] as const)
    : ([options.directory, source, REASONS.noDirectory] as const);
  if (base === undefined || !base.startsWith("/")) {
    return { text: source, reason };
  }
  const joined = posix.join(base, rest);
  return { text: joined.length > 1 ? joined.replace(/\/$/, "") : joined };
}

/** `C:\…`, `C:/…` and `\\…`: absolute on Windows, where the engine may run. */
export function isWindowsPath(path: string): boolean {
  return /^[A-Za-z]:[\\/]/.test(path) || path.startsWith("\\\\");
}

/** A container path as Go's path.Clean leaves it. */
export function containerPath(target: string): string {
  const clean = posix.normalize(target);
  return clean.length > 1 ? clean.replace(/\/$/, "") : clean;
}
