/** Where and how a command would run. */
export interface CommandContext {
  /** Decodings that lie between what was sent and this command, the outermost first: `["base64", "gzip"]`. */
  readonly layers: readonly string[];
  /** It stands in a comment: said, not done. */
  readonly inComment: boolean;
  /** Directory that `chroot` made the root; `""` without one. */
  readonly root: string;
  /** In the namespaces of the host, by `nsenter`. */
  readonly inHostNamespaces: boolean;
  /** Commands around it: `sudo`, `nohup`, `chroot`, `cron`. */
  readonly wrappers: readonly string[];
}

/** A file that a command writes. */
export interface FileWrite {
  /** As the command names it. */
  readonly path: string;
  readonly append: boolean;
  /** What is written, where that can be told. */
  readonly content?: string;
}

/** One command, expanded and taken out of everything that it was wrapped in. */
export interface ShellCommand {
  readonly argv: readonly string[];
  /** Last part of `argv[0]`. */
  readonly name: string;
  /** As it stands in its script. */
  readonly source: string;
  /** Directory that the script had gone to. */
  readonly directory: string;
  readonly redirects: readonly { readonly operator: string; readonly target: string }[];
  readonly writes: readonly FileWrite[];
  /** What it reads from its standard input, where that can be told. */
  readonly stdin?: string;
  /** Names of the commands before it in its pipeline. */
  readonly fedBy: readonly string[];
  /** Names of the commands behind it in its pipeline. */
  readonly feeds: readonly string[];
  readonly context: CommandContext;
}

/** A text that was hidden, or that a script hands to an interpreter. */
export interface Payload {
  readonly text: string;
  readonly layers: readonly string[];
  /** Something was told to run it. */
  readonly executed: boolean;
}

/** What was read out of a script. */
export interface ShellReading {
  readonly commands: readonly ShellCommand[];
  readonly payloads: readonly Payload[];
  readonly comments: readonly string[];
}

/** A command at the top of a script. */
export const TOP_CONTEXT: CommandContext = {
  layers: [],
  inComment: false,
  root: "",
  inHostNamespaces: false,
  wrappers: [],
};
