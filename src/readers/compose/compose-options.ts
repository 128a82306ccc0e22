/** What the caller knows around a Compose file. Nothing is looked up here: no file, no environment. */
export interface ComposeOptions {
  /**
   * Absolute path of the project's directory, which is that of the first file: relative paths start there. Absent: they
   * stay as written, unresolved.
   */
  readonly directory?: string | undefined;
  /** Absolute path of the home directory of whoever runs Compose, for `~`. */
  readonly home?: string | undefined;
  /**
   * Text of a file that a Compose file names: one that it extends or includes, a file of variables, a seccomp profile;
   * `undefined` when it cannot be read. Must not throw.
   */
  readonly readFile?: ((path: string) => string | undefined) | undefined;
  /** Files of variables in place of the `.env` of the directory; later ones stand above earlier ones. */
  readonly envFiles?: readonly string[] | undefined;
  /**
   * The environment that Compose will run in, which stands above all files. When it is given, a variable that is set
   * nowhere is not set; else it is unknown.
   */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/** One of the files of a project. */
export interface ComposeFile {
  /** As the user named it. */
  readonly uri: string;
  readonly text: string;
}
