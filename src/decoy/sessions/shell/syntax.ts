/** A piece of a word, before expansion. */
export type WordPart =
  | { readonly kind: "text"; readonly text: string; readonly quoted: boolean }
  /** `$NAME` or what stands between the braces of `${...}`. */
  | { readonly kind: "variable"; readonly expression: string; readonly quoted: boolean }
  /** `$(...)`, backquotes, `<(...)`. */
  | { readonly kind: "command"; readonly script: string; readonly quoted: boolean }
  | { readonly kind: "arithmetic"; readonly expression: string };

/** A word as written. */
export type Word = readonly WordPart[];

/** A redirection: `> FILE`, `<< END` with its text, `<<< WORD`. */
export interface RedirectSyntax {
  readonly operator: string;
  readonly target: Word;
  /** Text of a here-document; `quoted` when nothing in it is expanded. */
  readonly body?: { readonly text: string; readonly quoted: boolean };
}

/** One command of a pipeline. */
export interface CommandSyntax {
  readonly words: readonly Word[];
  readonly redirects: readonly RedirectSyntax[];
  /** As written. */
  readonly source: string;
}

/** Commands joined by `|`. */
export type PipelineSyntax = readonly CommandSyntax[];

/** A script: its pipelines in order, and its comments. */
export interface ScriptSyntax {
  readonly pipelines: readonly PipelineSyntax[];
  readonly comments: readonly string[];
}
