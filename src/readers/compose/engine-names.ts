import { posix } from "node:path";

/** Names that the engine does not take for a network of the user. */
const NETWORK_KEYWORDS = new Set(["host", "none", "bridge", "default"]);

/**
 * The name of a declared volume or network in the engine's form. An explicit `name` stands, and so does the key of an
 * external one. Any other gets the project's name in front from Compose; here it keeps its bare key, as the user knows
 * it, because the project's name is a matter of the command line (`-p`, COMPOSE_PROJECT_NAME). Only a key that would
 * mean something else to the engine gets the prefix: a network `host: {}` is not the host's.
 */
export class EngineNames {
  readonly #project: string;
  readonly #taken: ReadonlySet<string>;

  /** `taken`: explicit names of the same kind. */
  constructor(project: string, taken: Iterable<string>) {
    this.#project = project;
    this.#taken = new Set(taken);
  }

  volume(key: string): string {
    return this.#taken.has(key) ? this.#prefixed(key) : key;
  }

  network(key: string): string {
    return this.#taken.has(key) || NETWORK_KEYWORDS.has(key) ? this.#prefixed(key) : key;
  }

  #prefixed(key: string): string {
    return `${this.#project}_${key}`;
  }
}

/** The project's name as Compose makes it from the name of a directory (compose-go, NormalizeProjectName). */
export function projectNameOf(directory: string | undefined): string {
  const name = posix
    .basename(directory ?? "")
    .toLowerCase()
    .replace(/[^-_a-z0-9]/g, "")
    .replace(/^[-_]+/, "");
  return name === "" ? "project" : name;
}
