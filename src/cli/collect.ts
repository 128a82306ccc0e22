import { statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { createEngineClient, type EngineClient, resolveEndpoint } from "../engine/index.ts";
import type { DaemonFacts, DescribedImage, Dockerfile, HostFacts, Workload } from "../facts/index.ts";
import type { AuditProblem } from "../findings/index.ts";
import { readRunArguments, readRunLine } from "../readers/docker-run/index.ts";
import { type HostLayer, mergeHostFacts, readHostFacts } from "../readers/host-facts/index.ts";
import { problemOf, ReadError, type ReadResult } from "../readers/index.ts";
import { engineLayers } from "./host-layers.ts";
import { withComposePlaces } from "./inputs/compose-places.ts";
import { type ComposeVariables, composeProjects, readComposeFiles } from "./inputs/compose-projects.ts";
import type { InputKind } from "./inputs/detect.ts";
import { filesBelow } from "./inputs/directory.ts";
import { readInput, readNamedFile } from "./inputs/files.ts";
import { readLive } from "./inputs/live.ts";
import { readText } from "./inputs/read-text.ts";

/** The name of the run line that stands on the command line. */
export const COMMAND_LINE = "command line";

/** What the command line asks to examine. */
export interface CollectOptions {
  /** Paths, directories, `-`; none: the engine. */
  readonly targets: readonly string[];
  /** Words after `--`: a run line that the shell has split already. */
  readonly runLine: readonly string[];
  readonly as: InputKind | undefined;
  readonly hostFacts: string | undefined;
  /** The targets are the Compose files of one project, later ones merged over earlier ones. */
  readonly merge?: boolean;
  readonly variables?: ComposeVariables;
  /** Texts that stand above those of targets, and of the run line, by name. */
  readonly changed?: ReadonlyMap<string, string>;
  readonly engineHost: string | undefined;
  readonly progress?: (done: number, total: number) => void;
}

/** Everything that an audit works on. */
export interface Collected {
  readonly workloads: readonly Workload[];
  readonly dockerfiles: readonly Dockerfile[];
  readonly images: readonly DescribedImage[];
  readonly host: HostFacts;
  readonly problems: readonly AuditProblem[];
  /** Nothing was left out. */
  readonly complete: boolean;
  /** Some input could not be read at all. */
  readonly unreadable: boolean;
  /** The daemon that was asked; `undefined`: none was. */
  readonly daemon: DaemonFacts | undefined;
  /** The workloads are all containers of one engine. */
  readonly live: boolean;
  /** Files that only labels of containers name: places point into them, and no comment in them counts. */
  readonly labelled: ReadonlySet<string>;
}

/** Reads everything that the command line names. Problems with one input leave the others as they are. */
export async function collect(options: CollectOptions): Promise<Collected> {
  const told = options.hostFacts === undefined ? [] : [readHostFacts(readInput(options.hostFacts), options.hostFacts)];
  if (options.targets.length === 0 && options.runLine.length === 0) {
    return collectLive(options, told);
  }
  const workloads: Workload[] = [];
  const dockerfiles: Dockerfile[] = [];
  const images: DescribedImage[] = [];
  const problems: AuditProblem[] = [];
  let unreadable = false;
  const take = (read: () => ReadResult): void => {
    try {
      const result = read();
      workloads.push(...result.workloads);
      dockerfiles.push(...(result.dockerfiles ?? []));
      images.push(...(result.images ?? []));
      problems.push(...result.problems);
      unreadable ||= result.problems.some(({ severity }) => severity === "error");
    } catch (error) {
      if (!(error instanceof ReadError)) {
        throw error;
      }
      problems.push(problemOf(error));
      unreadable = true;
    }
  };
  let complete = true;
  const variables = options.variables ?? {};
  for (const { target, projects, complete: whole } of projectsOf(options.targets, options.merge === true)) {
    complete &&= whole;
    if (projects.length === 0) {
      problems.push(nothingIn(target));
      unreadable = true;
    }
    for (const [file = target, ...over] of projects) {
      take(() =>
        over.length > 0
          ? readComposeFiles([file, ...over], variables)
          : readText(options.changed?.get(file) ?? readInput(file), file, options.as, variables),
      );
    }
  }
  if (options.runLine.length > 0) {
    const surroundings = { workingDirectory: process.cwd(), homeDirectory: homedir(), readFile: readNamedFile };
    const changed = options.changed?.get(COMMAND_LINE);
    take(() =>
      changed === undefined
        ? readRunArguments(options.runLine, COMMAND_LINE, surroundings)
        : readRunLine(changed, COMMAND_LINE, surroundings),
    );
  }
  const notes = told.flatMap((layer) => layer.problems);
  const placed = withComposePlaces(distinctIds(workloads));
  return {
    workloads: placed.workloads,
    labelled: placed.files,
    dockerfiles,
    images,
    host: mergeHostFacts(...told),
    problems: [...notes, ...problems],
    complete: complete && !unreadable,
    unreadable: unreadable || notes.some(({ severity }) => severity === "error"),
    daemon: undefined,
    live: false,
  };
}

/** The files that a target stands for, those of one Compose project together. */
export interface TargetProjects {
  readonly target: string;
  readonly projects: readonly (readonly string[])[];
  /** No file was left out. */
  readonly complete: boolean;
}

/** What the targets of the command line stand for. `merge`: all of them are one project. */
export function projectsOf(targets: readonly string[], merge: boolean): readonly TargetProjects[] {
  const named = targets.map(nameOf);
  if (merge) {
    return named.length === 0 ? [] : [{ target: named[0] ?? "", projects: [named], complete: true }];
  }
  return named.map((target) => {
    if (!isDirectory(target)) {
      return { target, projects: [[target]], complete: true };
    }
    const { files, complete } = filesBelow(target);
    return { target, projects: composeProjects(files), complete };
  });
}

/**
 * One name for a file however it is written: below the working directory the path from there, elsewhere the whole path.
 * Findings are told from each other by it, over runs and in baselines.
 */
function nameOf(target: string): string {
  if (target === "-") {
    return target;
  }
  const path = resolve(target);
  const below = relative(process.cwd(), path);
  return below === "" ? "." : below === ".." || below.startsWith(`..${sep}`) || isAbsolute(below) ? path : below;
}

async function collectLive(options: CollectOptions, told: readonly HostLayer[]): Promise<Collected> {
  const client = connect(options.engineHost);
  try {
    const { layers, daemon } = await engineLayers(client);
    const local = client.endpoint.kind === "unix";
    const live = await readLive(client, { local, ...(options.progress && { progress: options.progress }) });
    const notes = told.flatMap((layer) => layer.problems);
    // The files of another host's Compose are not here.
    const placed = local ? withComposePlaces(live.workloads) : { workloads: live.workloads, files: new Set<string>() };
    return {
      workloads: placed.workloads,
      labelled: placed.files,
      dockerfiles: [],
      images: [],
      host: mergeHostFacts(...layers, ...told),
      problems: [...notes, ...live.problems],
      complete: live.complete,
      unreadable: notes.some(({ severity }) => severity === "error"),
      daemon,
      live: true,
    };
  } finally {
    client.close();
  }
}

/** A client for the engine that the environment and `--host` name. @throws {EngineError} when they name none. */
export function connect(host: string | undefined): EngineClient {
  return createEngineClient(
    resolveEndpoint({
      ...(host !== undefined && { host }),
      environment: process.env,
      homeFolder: homedir(),
      readFile: readNamedFile,
    }),
  );
}

function isDirectory(path: string): boolean {
  try {
    return path !== "-" && statSync(path).isDirectory();
  } catch {
    return false; // reading it says what is wrong
  }
}

function nothingIn(uri: string): AuditProblem {
  return {
    severity: "error",
    message: {
      en: "no Compose file, Dockerfile, Kubernetes manifest, inspect document or create request below this directory",
      ja: "このディレクトリの下に Compose ファイル、Dockerfile、Kubernetes マニフェスト、inspect 文書、create 要求がありません",
    },
    place: { uri },
  };
}

/** Ids are unique within one audit, even when a file is named twice. */
export function distinctIds(workloads: readonly Workload[]): readonly Workload[] {
  const seen = new Map<string, number>();
  return workloads.map((workload) => {
    const count = (seen.get(workload.id) ?? 0) + 1;
    seen.set(workload.id, count);
    return count === 1 ? workload : { ...workload, id: `${workload.id}~${count}` };
  });
}
