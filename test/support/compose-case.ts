import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { ComposeFile, ComposeOptions } from "../../src/readers/compose/index.ts";

/** Where the project of a case lies, as far as the reader is told. */
export const PROJECT = "/project";

export const CASES_FOLDER = join(import.meta.dirname, "../corpus/compose/merge");

/** A project and what it comes to (test/corpus/compose/README.md). */
export interface ComposeCase {
  readonly name: string;
  readonly head: ReadonlyMap<string, string>;
  /** By name, below the project's directory. */
  readonly files: ReadonlyMap<string, string>;
  readonly options: ComposeOptions;
  /** The files that are merged. */
  readonly merged: readonly ComposeFile[];
  readonly oracle: string;
}

export function readComposeCase(name: string): ComposeCase {
  const text = readFileSync(join(CASES_FOLDER, `${name}.txt`), "utf8");
  const [start = "", ...parts] = text.split(/^-- (.+) --\n/m);
  const files = new Map<string, string>();
  for (let index = 0; index < parts.length; index += 2) {
    files.set(parts[index] ?? "", parts[index + 1] ?? "");
  }
  const head = new Map(start.split("\n").map((line) => line.split(/: (.*)/s) as [string, string]));
  const words = (key: string): string[] | undefined => head.get(key)?.split(" ");
  const environment = words("environment");
  const envFiles = words("env-files");
  return {
    name,
    head,
    files,
    oracle: head.get("oracle") ?? "",
    merged: (words("files") ?? []).map((uri) => ({ uri, text: files.get(uri) ?? "" })),
    options: {
      directory: PROJECT,
      home: head.get("home") ?? "/home/user",
      readFile: (path) => files.get(posix.relative(PROJECT, path)),
      ...(environment && {
        environment: Object.fromEntries(environment.map((entry) => entry.split(/=(.*)/s) as [string, string])),
      }),
      ...(envFiles && { envFiles }),
    },
  };
}

export const composeCases = (): readonly ComposeCase[] =>
  readdirSync(CASES_FOLDER)
    .filter((file) => file.endsWith(".txt"))
    .map((file) => readComposeCase(file.replace(/\.txt$/, "")));
