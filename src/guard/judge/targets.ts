import type { Workload } from "../../facts/index.ts";
import { judgeContainer, OWNER_LABEL, type Refusal } from "../../policy/index.ts";
import { type Case, isOwned } from "./case.ts";
import type { ContainerObject, Found } from "./objects.ts";

/** Other containers that the surroundings of one may lead to. */
const NEIGHBOURS_MAX = 16;

/** Finds a container for a client: with `own: only` those of others do not exist. */
export async function findContainer(judged: Case, reference: string): Promise<Found<ContainerObject>> {
  const found = await judged.objects.container(reference.replace(/^\//, ""));
  if (found.kind !== "found" || !judged.rules.ownOnly) {
    return found;
  }
  return (await isOwnContainer(judged, found.value)) ? found : { kind: "absent" };
}

/**
 * A container has the labels of its image too, and anybody can put a label into an image. So a container is a client's
 * own only when its label was not already in its image.
 */
async function isOwnContainer({ objects, rules }: Case, container: ContainerObject): Promise<boolean> {
  if (!isOwned(container.labels, rules)) {
    return false;
  }
  const image = await objects.image(container.imageId);
  return image.kind === "found" && image.value.labels[OWNER_LABEL] !== rules.name;
}

/** What using an existing container would give: judged as if this client had made it. */
export async function judgeUse(judged: Case, container: ContainerObject): Promise<readonly Refusal[]> {
  const workload = await withSurroundings(judged, container.workload);
  return judgeContainer(
    { workload, host: await judged.host(), see: judged.see, further: [], purpose: "used" },
    judged.rules,
  );
}

/**
 * A workload with the objects that it names looked up: volumes with their options, containers that it joins or takes
 * mounts from, and where symbolic links lead. A name that an engine does not know stays unknown.
 */
export async function withSurroundings(judged: Case, workload: Workload): Promise<Workload> {
  const containers = new Map<string, Workload>();
  const pending: Workload[] = [workload];
  const seen: Workload[] = [];
  for (let next = pending.pop(); next !== undefined && seen.length < NEIGHBOURS_MAX; next = pending.pop()) {
    seen.push(next);
    for (const name of neighboursOf(next)) {
      if (!containers.has(name)) {
        const found = await judged.objects.container(name);
        if (found.kind === "found") {
          containers.set(name, found.value.workload);
          pending.push(found.value.workload);
        }
      }
    }
  }
  const volumes = await volumesOf(judged, seen);
  const complete = (part: Workload): Workload => ({
    ...part,
    surroundings: {
      ...part.surroundings,
      ...(containers.size > 0 && { containers: completed }),
      ...(volumes.size > 0 && { volumes }),
      ...realPathsOf(judged, part),
    },
  });
  const completed = new Map<string, Workload>();
  for (const [name, neighbour] of containers) {
    completed.set(name, complete(neighbour));
  }
  return containers.size + volumes.size === 0 && Object.keys(realPathsOf(judged, workload)).length === 0
    ? workload
    : complete(workload);
}

/** Names of containers that a configuration joins or takes mounts from. */
export function neighboursOf({ config }: Workload): readonly string[] {
  const { PidMode, IpcMode, NetworkMode, VolumesFrom = [] } = config.HostConfig;
  const joined = [PidMode, IpcMode, NetworkMode].flatMap((mode = "") =>
    mode.startsWith("container:") ? [mode.slice("container:".length)] : [],
  );
  const donors = VolumesFrom.map((entry) => entry.replace(/^container:/, "").split(":", 1)[0] ?? "");
  return [...joined, ...donors].filter((name) => name !== "");
}

/** Names of volumes that a configuration mounts. */
export function volumeNamesOf({ config }: Workload): readonly string[] {
  const { Binds = [], Mounts = [] } = config.HostConfig;
  const bound = Binds.flatMap((bind) => {
    const [source = "", target] = bind.split(":");
    return target === undefined || source.startsWith("/") ? [] : [source];
  });
  const mounted = Mounts.flatMap(({ Type, Source = "" }) => (Type === "volume" ? [Source] : []));
  return [...new Set([...bound, ...mounted])].filter((name) => name !== "");
}

async function volumesOf(judged: Case, workloads: readonly Workload[]) {
  const volumes = new Map<
    string,
    NonNullable<Workload["surroundings"]["volumes"]> extends ReadonlyMap<string, infer V> ? V : never
  >();
  for (const name of new Set(workloads.flatMap(volumeNamesOf))) {
    const found = await judged.objects.volume(name);
    if (found.kind === "found") {
      const { driver, mountpoint, options } = found.value;
      volumes.set(name, { name, driver, options, ...(mountpoint === "" ? {} : { mountpoint }) });
    }
  }
  return volumes;
}

/** Where the binds of a configuration really lead. */
function realPathsOf(judged: Case, { config }: Workload): Pick<Workload["surroundings"], "realPaths"> {
  const sources = [
    ...(config.HostConfig.Binds ?? []).map((bind) => bind.split(":", 1)[0] ?? ""),
    ...(config.HostConfig.Mounts ?? []).flatMap(({ Type, Source = "" }) => (Type === "bind" ? [Source] : [])),
  ].filter((source) => source.startsWith("/"));
  const real = new Map<string, string>();
  for (const source of sources) {
    const seen = judged.see(source);
    if (seen !== undefined && seen.realPath !== source) {
      real.set(source, seen.realPath);
    }
  }
  return real.size === 0 ? {} : { realPaths: real };
}
