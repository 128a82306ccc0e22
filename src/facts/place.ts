/** Where something was written: a file (or another source), and in it a line, a column and a field. */
export interface Place {
  /** A path as given on the command line, `-` for standard input, `unix:///…` or `tcp://…` for an engine, `host` for the host. */
  readonly uri: string;
  /** Counted from 1. Absent where the source has no lines (a live engine, a command line). */
  readonly line?: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column?: number;
  /** The field as the Engine API names it (`HostConfig.Binds[0]`), or as the source's own language does. */
  readonly field?: string;
}
