/** What the caller knows around a Compose file. Nothing is looked up here: no file, no environment. */
export interface ComposeOptions {
  /** Absolute path of the directory of the file: relative paths start there. Absent: they stay as written, unresolved. */
  readonly directory?: string | undefined;
  /** Absolute path of the home directory of whoever runs Compose, for `~`. */
  readonly home?: string | undefined;
  /** Text of a file that the Compose file names (a seccomp profile); `undefined` when it cannot be read. Must not throw. */
  readonly readFile?: ((path: string) => string | undefined) | undefined;
}
