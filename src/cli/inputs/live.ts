import { realpathSync } from "node:fs";
import type { ContainerSummary, EngineClient } from "../../engine/index.ts";
import { EngineError } from "../../engine/index.ts";
import { splitBind, type VolumeFacts, type Workload } from "../../facts/index.ts";
import type { AuditProblem } from "../../findings/index.ts";
import { type InspectedWorkload, problemOf, ReadError, readInspect } from "../../readers/index.ts";

/** Inspect calls at once. More do not make one engine faster: it takes a lock per container. */
export const INSPECTS_AT_ONCE_MAX = 8;

/** Containers that are examined in one audit. */
export const LIVE_CONTAINERS_MAX = 20_000;

/** What a live engine gave. */
export interface LiveContainers {
  readonly workloads: readonly InspectedWorkload[];
  readonly problems: readonly AuditProblem[];
  /** Every container was examined. */
  readonly complete: boolean;
}

/** Options of {@link readLive}. */
export interface LiveOptions {
  /** The engine runs on this host: bind sources can be followed through symbolic links. */
  readonly local: boolean;
  /** Called after each container. */
  readonly progress?: (done: number, total: number) => void;
}

/**
 * Reads every container of an engine: one list call, one volume call, one inspect call for each container, at most
 * {@link INSPECTS_AT_ONCE_MAX} at once. A container that vanishes meanwhile is not missed. Nothing is run anywhere.
 *
 * @throws {EngineError} when the list of containers cannot be had.
 */
export async function readLive(client: EngineClient, options: LiveOptions): Promise<LiveContainers> {
  const uri = client.endpoint.uri;
  const listed = await client.containers();
  const containers = listed.slice(0, LIVE_CONTAINERS_MAX);
  const problems: AuditProblem[] = [];
  let complete = listed.length <= LIVE_CONTAINERS_MAX;
  const volumes = await readVolumes(client, problems);
  const workloads: InspectedWorkload[] = [];
  let done = 0;
  await inParallel(containers, INSPECTS_AT_ONCE_MAX, async (summary) => {
    const read = await readOne(client, summary, uri);
    if (read.workload !== undefined) {
      workloads.push(read.workload);
    }
    problems.push(...read.problems);
    complete &&= read.complete;
    done += 1;
    options.progress?.(done, containers.length);
  });
  workloads.sort((left, right) => (left.name < right.name ? -1 : 1));
  return { workloads: surround(workloads, volumes, options.local), problems, complete };
}

async function readVolumes(client: EngineClient, problems: AuditProblem[]): Promise<ReadonlyMap<string, VolumeFacts>> {
  try {
    const volumes = await client.volumes();
    return new Map(
      volumes.map((volume) => [
        volume.Name,
        { name: volume.Name, driver: volume.Driver, mountpoint: volume.Mountpoint, options: volume.Options },
      ]),
    );
  } catch (error) {
    if (!(error instanceof EngineError)) {
      throw error;
    }
    problems.push({
      severity: "error",
      message: { en: error.message, ja: error.message },
      place: { uri: client.endpoint.uri },
    });
    return new Map();
  }
}

interface ReadOne {
  readonly workload?: InspectedWorkload;
  readonly problems: readonly AuditProblem[];
  readonly complete: boolean;
}

async function readOne(client: EngineClient, summary: ContainerSummary, uri: string): Promise<ReadOne> {
  try {
    const document = await client.inspectContainer(summary.Id);
    const { workloads, problems } = readInspect({ text: document.text, uri, hasLines: false });
    const workload = workloads[0];
    return {
      ...(workload && { workload }),
      problems,
      complete: !problems.some(({ severity }) => severity === "error"),
    };
  } catch (error) {
    if (error instanceof EngineError && error.code === "NOT_FOUND") {
      return { problems: [], complete: true }; // it was removed meanwhile
    }
    if (error instanceof EngineError) {
      const name = summary.Names[0]?.replace(/^\//, "") ?? summary.Id.slice(0, 12);
      const message = `${name}: ${error.message}`;
      return {
        problems: [{ severity: "error", message: { en: message, ja: message }, place: { uri } }],
        complete: false,
      };
    }
    if (error instanceof ReadError) {
      return { problems: [problemOf(error)], complete: false };
    }
    throw error;
  }
}

/** Lets the containers know each other, the volumes and, on the same host, where bind sources really lead. */
function surround(
  workloads: readonly InspectedWorkload[],
  volumes: ReadonlyMap<string, VolumeFacts>,
  local: boolean,
): readonly InspectedWorkload[] {
  const containers = new Map<string, Workload>();
  const surrounded = workloads.map((workload): InspectedWorkload => {
    const realPaths = local ? followLinks(workload) : undefined;
    return {
      ...workload,
      surroundings: { ...workload.surroundings, containers, volumes, ...(realPaths && { realPaths }) },
    };
  });
  for (const workload of surrounded) {
    for (const name of [workload.observed.id, workload.observed.id.slice(0, 12), workload.name]) {
      containers.set(name, workload);
    }
  }
  return surrounded;
}

function followLinks({ config, surroundings }: Workload): ReadonlyMap<string, string> {
  const sources = [
    ...(config.HostConfig.Binds ?? []).map((bind) => splitBind(bind).source),
    ...(config.HostConfig.Mounts ?? []).map((mount) => mount.Source ?? ""),
    ...(surroundings.resolvedMounts ?? []).map((mount) => mount.source),
  ];
  const found = new Map<string, string>();
  for (const source of sources.filter((path) => path.startsWith("/"))) {
    try {
      found.set(source, realpathSync(source));
    } catch {
      // not there, or not for this user: the path stays as it is written
    }
  }
  return found;
}

/** Runs a task over items, at most `most` at once. Fails as soon as one fails. */
async function inParallel<Item>(
  items: readonly Item[],
  most: number,
  task: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (const item of waiting) {
      await task(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
}
