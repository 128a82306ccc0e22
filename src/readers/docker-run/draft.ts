import type { LocalizedText } from "../../base/index.ts";
import type { ContainerConfig, HostConfig, ImageConfig, Place } from "../../facts/index.ts";
import type { FlagProblem, FlagUse, FlagValue } from "./flag.ts";
import { inBothLanguages, message, unresolvedBecause } from "./messages.ts";
import type { PlaceFinder } from "./places.ts";
import type { RunCommand } from "./run-command.ts";
import type { UnknownPart } from "./shell/index.ts";
import type { Tool } from "./tool.ts";

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer E)[] | undefined ? E[] : T[Key] };

/** What is outside the line and decides what it means. All of it optional: absent makes fields unresolved. */
export interface RunSurroundings {
  /** Absolute path from which relative paths and `$PWD` are resolved, lexically. */
  readonly workingDirectory?: string;
  /** What `~` and `$HOME` stand for. */
  readonly homeDirectory?: string;
  /** Reads a file that the command line would read itself: a seccomp profile, `--env-file`, `--label-file`. */
  readonly readFile?: (path: string) => string | undefined;
}

/** The configuration that the flags of one line add up to so far, where each field came from, and what is not known. */
export class Draft {
  readonly config: Mutable<ImageConfig> = {};
  readonly host: Mutable<HostConfig> = {};
  readonly unresolved = new Map<string, string>();
  readonly problems: FlagProblem[];
  readonly tool: Tool;
  readonly surroundings: RunSurroundings;
  /** Assignments in front of the command. */
  readonly environment: ReadonlyMap<string, FlagValue>;
  /** The engine that the command line is told to talk to. */
  readonly engine: FlagValue | undefined;
  /** `--name`. */
  name: string | undefined;
  readonly #uses: ReadonlyMap<string, readonly FlagUse[]>;
  readonly #offsets = new Map<string, { readonly value: number; readonly flag: number }>();

  /** `problems` are those of the flags so far; the draft adds to them. */
  constructor(
    command: RunCommand,
    uses: readonly FlagUse[],
    surroundings: RunSurroundings,
    problems: readonly FlagProblem[],
  ) {
    this.problems = problems.slice();
    this.tool = command.tool;
    this.environment = command.environment;
    this.engine = command.engine;
    this.surroundings = surroundings;
    this.#uses = Map.groupBy(uses, (use) => use.flag.name);
  }

  /** Every use of a flag, in order. */
  usesOf(flag: string): readonly FlagUse[] {
    return this.#uses.get(flag) ?? [];
  }

  /** Notes that a use of a flag set a field. A value with unknown parts leaves the field unresolved. */
  put(field: string, use: FlagUse): void {
    this.place(field, use.value?.offset ?? use.offset, use.offset);
    const part = use.value?.unknown[0];
    if (part === undefined) {
      this.unresolved.delete(field); // a later use of the flag wins over an earlier unknown one
    } else {
      this.leaveOpen(field, reasonFor(part, use.value?.text ?? ""));
    }
  }

  /** Notes where a field was set, and where the first entry of its list was. */
  place(field: string, value: number, flag: number): void {
    this.#offsets.set(field, { value, flag });
    const list = field.replace(/\[[^[]*\]$/, "");
    if (list !== field && !this.#offsets.has(list)) {
      this.#offsets.set(list, { value, flag });
    }
  }

  leaveOpen(field: string, because: LocalizedText): void {
    this.unresolved.set(field, inBothLanguages(because));
  }

  refuse(use: FlagUse, because: LocalizedText): void {
    const offset = use.value?.offset ?? use.offset;
    const text = message.refusedValue(use.written, use.value?.text ?? "", because);
    this.problems.push({ severity: "error", offset, message: text });
  }

  /** The configuration as it stands. */
  get result(): ContainerConfig {
    return { Config: { ...this.config }, HostConfig: { ...this.host } };
  }

  /** A function from fields to places; `which` is the value's place or its flag's. */
  finder(places: PlaceFinder, source: Place, which: "value" | "flag"): (field: string) => Place {
    return (field) => {
      for (const name of nameAndParents(field)) {
        const offsets = this.#offsets.get(name);
        if (offsets !== undefined) {
          return places.placeAt(offsets[which], field);
        }
      }
      return { ...source, field };
    };
  }
}

/** `HostConfig.Mounts[0].Source`, `HostConfig.Mounts[0]`, `HostConfig.Mounts`. */
function* nameAndParents(field: string): Generator<string> {
  let name = field;
  while (name.includes(".")) {
    yield name;
    const parent = name.replace(/(\[[^[]*\]|\.[^.[]*)$/, "");
    if (parent === name) {
      return;
    }
    name = parent;
  }
}

/** Why a value with an unknown part is not known. */
export function reasonFor(part: UnknownPart, text: string): LocalizedText {
  switch (part.kind) {
    case "working-directory":
      return unresolvedBecause.workingDirectory(text);
    case "home-directory":
      return unresolvedBecause.homeDirectory(text);
    case "variable":
    case "arguments":
    case "command":
    case "files":
    case "braces":
      return unresolvedBecause.shell(part.source);
  }
}

/** The first unknown part that stands in a piece of a value. */
export function unknownIn(piece: string, value: FlagValue): UnknownPart | undefined {
  return value.unknown.find((part) => piece.includes(value.text.slice(part.start, part.end)));
}
