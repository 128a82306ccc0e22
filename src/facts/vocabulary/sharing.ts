import { type Known, knownBoolean, or } from "../known.ts";
import type { EffectiveMount } from "../mounts.ts";
import { isUnresolved } from "../namespaces.ts";
import { canonicalPath } from "../paths.ts";
import type { Surroundings, Workload } from "../workload.ts";
import { type ContainerView, containerFact } from "./fact.ts";

const hostConfig = (view: ContainerView) => view.container.workload.config.HostConfig;

/** Directories of the system on every Linux host. CIS Docker Benchmark 1.6.0, 5.6, names seven of them. */
const SYSTEM_DIRECTORY =
  /^\/(?:$|(?:bin|boot|cdrom|dev|etc|home|lib|lib32|lib64|media|proc|root|run|sbin|selinux|srv|sys|usr|var)(?:\/|$))/i;

/** Files that containers are given everywhere, and devices that every container has anyway. */
const HARMLESS =
  /^\/(?:etc\/(?:localtime|timezone)|usr\/share\/zoneinfo(?:\/.*)?|dev\/(?:null|zero|full|random|urandom))$/;

/** Mounts for which something holds, and the fields to point to. */
function mountFact(
  id: string,
  holds: (mount: EffectiveMount, workload: Workload) => Known,
  part: "Source" | "BindOptions.Propagation",
) {
  const found = (view: ContainerView) =>
    view.container.mounts.filter((mount) => holds(mount, view.container.workload) !== "no");
  return containerFact(
    id,
    (view) =>
      view.container.mounts.reduce<Known>((known, mount) => or(known, holds(mount, view.container.workload)), "no"),
    (view) => found(view).map((mount) => fieldOf(mount, view.container.workload, part)),
    { negatable: true },
  );
}

/** The part of the long form of a mount, or the volume whose options make it a bind. */
function fieldOf({ from, origin }: EffectiveMount, workload: Workload, part: string): string {
  const index = /^HostConfig\.Mounts\[(\d+)\]$/.exec(from)?.[1];
  if (index === undefined) {
    return from;
  }
  const source = workload.config.HostConfig.Mounts?.[Number(index)]?.Source ?? "";
  const named = origin === "volume-options" || pluginMountpoint({ from }, workload) !== undefined;
  return named && part === "Source" ? `volumes.${source}` : `${from}.${part}`;
}

/** What a container has in common with its host or with the other containers of its project. */
export const sharing = {
  /** A directory of the host's system, or something below one. */
  systemDirectory: mountFact(
    "share.system-directory",
    (mount, workload) => {
      const plugin = pluginMountpoint(mount, workload);
      const path = plugin ?? mount.hostPath;
      if (path === undefined) {
        return mount.plainVolume || mount.origin === "inherited" ? "no" : "unknown";
      }
      const own = mount.plainVolume && plugin === undefined;
      return knownBoolean(!own && SYSTEM_DIRECTORY.test(path) && !HARMLESS.test(path));
    },
    "Source",
  ),
  /** What the container mounts arrives on the host too. */
  sharedPropagation: mountFact(
    "share.propagation(shared)",
    (mount) => knownBoolean(mount.propagation.endsWith("shared")),
    "BindOptions.Propagation",
  ),
  /** What the host mounts later arrives in the container. */
  slavePropagation: mountFact(
    "share.propagation(slave)",
    (mount) => knownBoolean(mount.propagation.endsWith("slave")),
    "BindOptions.Propagation",
  ),
  /** A volume or a host directory that another container of the project has too. */
  storage: containerFact(
    "share.storage",
    (view) => knownBoolean(sharedFields(view.container.workload).length > 0),
    (view) => sharedFields(view.container.workload),
    { negatable: true },
  ),
  /** Nothing was said of security options. */
  noSecurityOptions: containerFact(
    "security-options.none",
    (view) =>
      isUnresolved(view.container.workload, "HostConfig.SecurityOpt")
        ? "unknown"
        : knownBoolean(
            (hostConfig(view).SecurityOpt ?? []).every((option) => option === "") &&
              hostConfig(view).MaskedPaths === undefined,
          ),
    () => ["HostConfig.SecurityOpt"],
    { negatable: true },
  ),
  /** The network that every container gets that names none: docker0, or the default one of its project. */
  defaultNetwork: containerFact(
    "net.default",
    (view) => {
      const { workload } = view.container;
      const mode = hostConfig(view).NetworkMode ?? "";
      const ofProject = workload.kind === "service" && /_default$/.test(mode);
      return isUnresolved(workload, "HostConfig.NetworkMode")
        ? "unknown"
        : knownBoolean(["", "default", "bridge"].includes(mode) || ofProject);
    },
    () => ["HostConfig.NetworkMode"],
    { negatable: true },
  ),
  /** The build of the image asks for rights on the host that builds. */
  buildPrivileges: containerFact(
    "build.privileges",
    (view) => {
      const { build } = view.container.workload.surroundings;
      return build === undefined ? "no" : isUnresolved(view.container.workload, "build") ? "unknown" : "yes";
    },
    (view) => [view.container.workload.surroundings.build?.field ?? "build"],
    { negatable: true },
  ),
};

/** The directory that a plug-in for local volumes is told to use (`local-persist`). */
function pluginMountpoint(
  { from }: Pick<EffectiveMount, "from">,
  { config, surroundings }: Workload,
): string | undefined {
  const index = /^HostConfig\.Mounts\[(\d+)\]$/.exec(from)?.[1];
  const mount = index === undefined ? undefined : config.HostConfig.Mounts?.[Number(index)];
  const options = surroundings.volumes?.get(mount?.Source ?? "")?.options;
  const path = options?.["mountpoint"];
  return path?.startsWith("/") === true ? canonicalPath(path) : undefined;
}

/** How many workloads of a project have a source, by source. */
const counted = new WeakMap<NonNullable<Surroundings["containers"]>, ReadonlyMap<string, number>>();

function sharedFields(workload: Workload): readonly string[] {
  const { containers } = workload.surroundings;
  if (containers === undefined) {
    return [];
  }
  let counts = counted.get(containers);
  if (counts === undefined) {
    counts = countSources(new Set(containers.values()));
    counted.set(containers, counts);
  }
  const found = counts;
  return sourcesOf(workload)
    .filter(({ source }) => (found.get(source) ?? 0) > 1)
    .map(({ field }) => field);
}

function countSources(workloads: Iterable<Workload>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const workload of workloads) {
    for (const source of new Set(sourcesOf(workload).map((entry) => entry.source))) {
      counts.set(source, (counts.get(source) ?? 0) + 1);
    }
  }
  return counts;
}

/** Named volumes and host paths, and where each is written. Single files that everybody is given do not count. */
function sourcesOf({ config: { HostConfig } }: Workload): { source: string; field: string }[] {
  const binds = (HostConfig.Binds ?? []).map((bind, index) => ({
    source: bind.split(":", 1)[0] ?? "",
    field: `HostConfig.Binds[${index}]`,
  }));
  const mounts = (HostConfig.Mounts ?? []).map((mount, index) => ({
    source: mount.Type === "bind" || mount.Type === "volume" ? (mount.Source ?? "") : "",
    field: `HostConfig.Mounts[${index}]`,
  }));
  return [...binds, ...mounts].filter(({ source }) => source !== "" && !HARMLESS.test(source) && !source.includes("$"));
}
