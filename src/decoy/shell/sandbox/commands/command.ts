/** What a command of ours is given, and what it answers. */
import type { ResolvedCommandContext } from "just-bash";
import type { ExecutionObservation } from "../../../capture/index.ts";
import type { ShellPlace } from "../../shell.ts";
import type { Clock } from "../clock.ts";
import type { Dialect } from "../dialect.ts";
import type { WorldFiles } from "../file-system.ts";

/** What belongs to the job that runs. */
export interface Tools {
  readonly place: Omit<ShellPlace, "layers">;
  readonly files: WorldFiles;
  readonly clock: Clock;
  readonly dialect: Dialect;
  readonly user: { readonly name: string; readonly uid: number; readonly gid: number };
  readonly privileged: boolean;
  readonly random: () => number;
  observe(kind: ExecutionObservation["kind"], value: string): void;
  /** The program goes on for ever: nothing after it is reached. */
  endless(): void;
}

export interface Call {
  readonly name: string;
  readonly args: readonly string[];
  readonly tools: Tools;
  readonly context: ResolvedCommandContext;
  /** Small userland: BusyBox, in its own words. */
  readonly busybox: boolean;
  /** Standard input as text. */
  stdin(): string;
  /** Runs another command line below. */
  run(words: readonly string[], root?: string): Promise<Answer>;
  path(name: string): string;
}

export interface Answer {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly status?: number;
}

export type Command = (call: Call) => Answer | Promise<Answer>;
export type Commands = Readonly<Record<string, Command>>;

export const out = (stdout: string, status = 0): Answer => ({ stdout, status });
export const fail = (stderr: string, status = 1): Answer => ({ stderr: `${stderr}\n`, status });
export const nothing: Command = () => ({});

/** Arguments that are no options. */
export const operands = (args: readonly string[]): string[] => args.filter((each) => !each.startsWith("-"));

export const hasFlag = (args: readonly string[], letter: string): boolean =>
  args.some((each) => /^-[A-Za-z]+$/.test(each) && each.includes(letter));

/** Words as one line that a shell reads back as the same words. */
export const quoted = (words: readonly string[]): string =>
  words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
