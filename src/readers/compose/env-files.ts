import type { ComposeOptions } from "./compose-options.ts";
import { type EnvEntry, parseEnvFile, parseRawEnvFile } from "./dotenv.ts";
import type { Environment } from "./environment.ts";
import { ENV_ENTRIES_MAX, ENV_FILE_CHARACTERS_MAX } from "./limits.ts";
import type { Sources } from "./lines.ts";
import { MESSAGES } from "./messages.ts";
import type { Problems } from "./problems.ts";

/** Files of variables and labels that services name; a file that many services name is read once. */
export class EnvFiles {
  readonly #options: ComposeOptions;
  readonly #environment: Environment;
  readonly #sources: Sources;
  readonly #problems: Problems;
  readonly #uriOf: (path: string) => string;
  readonly #read = new Map<string, readonly EnvEntry[] | "missing" | "too-large">();
  #entries = 0;

  constructor(
    options: ComposeOptions,
    environment: Environment,
    sources: Sources,
    problems: Problems,
    uriOf: (path: string) => string,
  ) {
    this.#options = options;
    this.#environment = environment;
    this.#sources = sources;
    this.#problems = problems;
    this.#uriOf = uriOf;
  }

  /** The entries of a file, with offsets of the project; `raw`: in Docker's own format. */
  read(path: string, raw: boolean): readonly EnvEntry[] | "missing" | "too-large" {
    const key = `${raw ? "raw" : ""}:${path}`;
    const known = this.#read.get(key) ?? this.#open(path, raw);
    this.#read.set(key, known);
    // Many services that name one long file are as much work as many files.
    this.#entries += typeof known === "string" ? 1 : known.length;
    return this.#entries > ENV_ENTRIES_MAX ? "too-large" : known;
  }

  #open(path: string, raw: boolean): readonly EnvEntry[] | "missing" | "too-large" {
    const text = this.#options.readFile?.(path);
    if (text === undefined) {
      return "missing";
    }
    if (text.length > ENV_FILE_CHARACTERS_MAX || this.#entries > ENV_ENTRIES_MAX) {
      return "too-large";
    }
    const source = this.#sources.addText(this.#uriOf(path), text);
    const { entries, faults } = raw ? parseRawEnvFile(text) : parseEnvFile(text, this.#environment);
    for (const fault of faults) {
      this.#problems.add("error", source.base + fault, "", MESSAGES.badEnvLine());
    }
    return entries.map((entry) => ({ ...entry, offset: source.base + entry.offset }));
  }
}
