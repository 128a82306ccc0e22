import type { LocalizedText } from "../../base/index.ts";
import type { UnknownPart } from "./shell/index.ts";
import type { Tool, Verb } from "./tool.ts";

/** A flag as its command line declares it. */
export interface FlagDeclaration {
  readonly name: string;
  /** One letter. */
  readonly short?: string;
  /** `boolean`: takes a value only as `--flag=value`. */
  readonly arity: "boolean" | "value";
  /** Only these commands have it; absent: all. */
  readonly verbs?: readonly Verb[];
  /** Podman reads commas in its value as several values (pflag's StringSlice); Docker does not. */
  readonly podmanSlice?: true;
}

/** The value of a flag. */
export interface FlagValue {
  readonly text: string;
  /** Where it stands in the shell text. */
  readonly offset: number;
  readonly unknown: readonly UnknownPart[];
}

/** One use of a flag. */
export interface FlagUse {
  readonly flag: FlagDeclaration;
  /** As written: `--volume`, `-v`. */
  readonly written: string;
  /** Where the flag stands in the shell text. */
  readonly offset: number;
  /** `undefined` for a boolean flag without a value. */
  readonly value: FlagValue | undefined;
}

/** A problem at an offset. */
export interface FlagProblem {
  readonly severity: "error" | "note";
  readonly offset: number;
  readonly message: LocalizedText;
}

/** The flags of one command of one tool. */
export interface FlagSet {
  readonly tool: Tool;
  readonly verb: Verb;
  readonly flags: ReadonlyMap<string, FlagDeclaration>;
}

/** Flags by `--name` and by `-letter`. */
export function flagsByName<Flag extends FlagDeclaration>(flags: readonly Flag[]): ReadonlyMap<string, Flag> {
  const byName = new Map<string, Flag>();
  for (const flag of flags) {
    byName.set(`--${flag.name}`, flag);
    if (flag.short !== undefined) {
      byName.set(`-${flag.short}`, flag);
    }
  }
  return byName;
}
