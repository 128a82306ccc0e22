import { homedir } from "node:os";
import { dirname, resolve } from "node:path";
import type { Workload } from "../../facts/index.ts";
import type { Texts } from "../../patch/index.ts";
import { readComposeProject } from "../../readers/compose/index.ts";
import { readRunLine } from "../../readers/docker-run/index.ts";
import { ReadError } from "../../readers/index.ts";
import { readKubernetes } from "../../readers/kubernetes/index.ts";
import { distinctIds } from "../collect.ts";
import { type ComposeVariables, composeOptions } from "../inputs/compose-projects.ts";
import { detectKind, type InputKind } from "../inputs/detect.ts";
import { readInput, readNamedFile } from "../inputs/files.ts";

/** Texts that belong together and how they are read. */
export interface Project {
  readonly kind: InputKind;
  readonly main: string;
  readonly texts: Texts;
  readonly readAgain: (texts: Texts) => readonly Workload[];
}

/** What decides how files are read. */
export interface ProjectOptions {
  readonly as: InputKind | undefined;
  readonly variables: ComposeVariables;
}

/** Opens files as one project. `undefined`: they cannot be read, which the audit's own words say, or not be mended. */
export function openProject(files: readonly string[], options: ProjectOptions): Project | undefined {
  const [main = "-"] = files;
  try {
    const texts = new Map(files.map((file) => [file, readInput(file)]));
    const kind = options.as ?? detectKind(texts.get(main) ?? "");
    switch (kind) {
      case "compose":
        return composeProject(files, texts, options);
      case "kubernetes":
        return project(kind, main, texts, (text) => readKubernetes(text, main).workloads);
      case "docker-run":
        return runLineProject(texts.get(main) ?? "", main);
      case "dockerfile":
        return project(kind, main, texts, () => []);
      default:
        return undefined;
    }
  } catch (error) {
    if (error instanceof ReadError) {
      return undefined;
    }
    throw error;
  }
}

/** A text with run lines. */
export function runLineProject(text: string, uri: string): Project {
  const surroundings = {
    workingDirectory: uri === "-" ? process.cwd() : dirname(resolve(uri)),
    homeDirectory: homedir(),
    readFile: readNamedFile,
  };
  return project("docker-run", uri, new Map([[uri, text]]), (now) => readRunLine(now, uri, surroundings).workloads);
}

function project(kind: InputKind, main: string, texts: Texts, read: (text: string) => readonly Workload[]): Project {
  const readAgain = (now: Texts) => distinctIds(read(now.get(main) ?? ""));
  readAgain(texts);
  return { kind, main, texts, readAgain };
}

function composeProject(files: readonly string[], own: Texts, { variables }: ProjectOptions): Project {
  const texts = new Map(own);
  const [main = "-"] = files;
  const readAgain = (changed: Texts): readonly Workload[] =>
    readComposeProject(
      files.map((uri) => ({ uri, text: changed.get(uri) ?? "" })),
      composeOptions(main, variables, changed),
    ).workloads;
  // Included files are written into as well: their services are this project's.
  for (const { source } of readAgain(texts)) {
    if (!texts.has(source.uri)) {
      texts.set(source.uri, readInput(source.uri));
    }
  }
  return { kind: "compose", main, texts, readAgain };
}
