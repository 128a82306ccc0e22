import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type ComposeOptions, readComposeProject } from "../../readers/compose/index.ts";
import type { ReadResult } from "../../readers/index.ts";
import { readInput, readNamedFile } from "./files.ts";

/** What the command line says of variables in Compose files. */
export interface ComposeVariables {
  /** `--env-file`, in place of the `.env` beside the file. */
  readonly envFiles?: readonly string[] | undefined;
  /** `--use-env`: the environment that this process runs in is that of Compose. */
  readonly useEnvironment?: boolean | undefined;
}

/** The names that `docker compose` looks for, in its order (compose-go, cli/options.go). */
const MAIN_NAMES = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
const OVERRIDE_NAMES = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

/**
 * Files found below a directory, with the override file of each Compose project joined to its main file: what
 * `docker compose` reads when it is started there.
 */
export function composeProjects(files: readonly string[]): readonly (readonly string[])[] {
  const found = new Set(files);
  const overrideOf = new Map<string, string>();
  for (const directory of new Set(files.map((file) => dirname(file)))) {
    const main = MAIN_NAMES.map((name) => join(directory, name)).find((file) => found.has(file));
    const override = OVERRIDE_NAMES.map((name) => join(directory, name)).find((file) => found.has(file));
    if (main !== undefined && override !== undefined) {
      overrideOf.set(main, override);
    }
  }
  const joined = new Set(overrideOf.values());
  return files
    .filter((file) => !joined.has(file))
    .map((file) => {
      const override = overrideOf.get(file);
      return override === undefined ? [file] : [file, override];
    });
}

/** What the reader of Compose files is told of the world around a file. `changed`: texts that stand above the files'. */
export function composeOptions(
  uri: string,
  variables: ComposeVariables,
  changed: ReadonlyMap<string, string> = new Map(),
): ComposeOptions {
  const byPath = new Map(Array.from(changed, ([name, text]) => [resolve(name), text]));
  return {
    directory: uri === "-" ? process.cwd() : dirname(resolve(uri)),
    home: homedir(),
    readFile: (path) => byPath.get(path) ?? readNamedFile(path),
    ...(variables.envFiles !== undefined && { envFiles: variables.envFiles.map((file) => resolve(file)) }),
    ...(variables.useEnvironment === true && { environment: process.env }),
  };
}

/** Reads files as one project. @throws {ReadError} when one of them cannot be read. */
export function readComposeFiles(files: readonly string[], variables: ComposeVariables): ReadResult {
  return readComposeProject(
    files.map((uri) => ({ uri, text: readInput(uri) })),
    composeOptions(files[0] ?? "-", variables),
  );
}
