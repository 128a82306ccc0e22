import type { HostFacts } from "./host.ts";
import { type Known, knownBoolean } from "./known.ts";
import { isUnresolved } from "./namespaces.ts";
import { canonicalPath, isAtOrBelow, isBelow } from "./paths.ts";
import { hostSwitch } from "./presumptions.ts";
import { isOlder } from "./version.ts";
import type { VolumeFacts, Workload } from "./workload.ts";

/** Something of the host's file system that a container sees. */
export interface EffectiveMount {
  /** Canonical host path; `undefined` when it cannot be told (a variable, a missing container). */
  readonly hostPath: string | undefined;
  readonly target: string;
  readonly readOnly: Known;
  /** A read-only mount covers the mounts below it too. */
  readonly recursive: Known;
  /** `private`, `rprivate`, `slave`, `rslave`, `shared`, `rshared`. */
  readonly propagation: string;
  /** Labelled for SELinux (`:z`, `:Z`). */
  readonly relabelled: boolean;
  /** Root inside is root on the mount, whatever the user namespace. */
  readonly idMapped: Known;
  /** A volume of the engine that holds nothing of the host: only its file system matters. */
  readonly plainVolume: boolean;
  /** How it came about, where that is not plain from the field. */
  readonly origin?: "volume-options" | "inherited";
  /** The field to change: `HostConfig.Binds[0]`. */
  readonly from: string;
}

/** Mounts that lie below others on every Linux host. A bind that is read-only at its top only leaves them writable. */
const SUBMOUNTS = [
  "/proc",
  "/sys",
  "/sys/fs/cgroup",
  "/sys/fs/bpf",
  "/sys/kernel/debug",
  "/sys/kernel/tracing",
  "/proc/sys/fs/binfmt_misc",
  "/dev",
  "/dev/shm",
  "/dev/pts",
  "/dev/mqueue",
  "/run",
  "/run/lock",
];

/** How deep `VolumesFrom` is followed. */
const VOLUMES_FROM_DEPTH_MAX = 8;

/** Every mount of a container that shows something of its host. */
export function deriveMounts(workload: Workload, host: HostFacts): readonly EffectiveMount[] {
  const mounts = ownMounts(workload, host);
  inheritedMounts(workload, host, mounts, VOLUMES_FROM_DEPTH_MAX);
  resolvedOnlyMounts(workload, host, mounts);
  return mounts;
}

function ownMounts(workload: Workload, host: HostFacts): EffectiveMount[] {
  const mounts: EffectiveMount[] = [];
  const { Binds, Mounts } = workload.config.HostConfig;
  Binds?.forEach((bind, index) => {
    addBind(mounts, workload, host, bind, `HostConfig.Binds[${index}]`);
  });
  Mounts?.forEach((_, index) => {
    addMount(mounts, workload, host, index);
  });
  return mounts;
}

function addBind(mounts: EffectiveMount[], workload: Workload, host: HostFacts, bind: string, field: string): void {
  const parts = splitBind(bind);
  const options = parts.options;
  const unresolved = isUnresolved(workload, field);
  if (!unresolved && parts.target === undefined) {
    return; // `/data` alone is an anonymous volume
  }
  const mount = {
    target: parts.target ?? "",
    readOnly: knownBoolean(options.includes("ro") || options.includes("rro")),
    recursive: options.includes("rro") ? ("yes" as const) : recursiveReadOnly(host),
    propagation: options.find((option) => /^r?(shared|slave|private)$/.test(option)) ?? "rprivate",
    relabelled: options.includes("z") || options.includes("Z"),
    idMapped: options.some((option) => option === "idmap" || option.startsWith("idmap="))
      ? "yes"
      : idMapped(workload, host),
    from: field,
  } satisfies Partial<EffectiveMount>;
  if (unresolved) {
    mounts.push({ ...mount, hostPath: undefined, plainVolume: false });
  } else if (parts.source.startsWith("/")) {
    mounts.push({ ...mount, hostPath: realPath(workload, parts.source), plainVolume: false });
  } else {
    addVolume(mounts, workload, parts.source, undefined, mount);
  }
}

/** The parts of `source:target[:options]`. A lone path has no target: it is an anonymous volume. */
export function splitBind(bind: string): { source: string; target: string | undefined; options: readonly string[] } {
  const parts = bind.split(":");
  return { source: parts[0] ?? "", target: parts[1], options: (parts[2] ?? "").split(",") };
}

function addMount(mounts: EffectiveMount[], workload: Workload, host: HostFacts, index: number): void {
  const entry = workload.config.HostConfig.Mounts?.[index];
  const field = `HostConfig.Mounts[${index}]`;
  if (entry === undefined || (entry.Type !== "bind" && entry.Type !== "volume")) {
    return;
  }
  const options = entry.BindOptions ?? {};
  const mount = {
    target: entry.Target,
    readOnly: isUnresolved(workload, `${field}.ReadOnly`) ? "unknown" : knownBoolean(entry.ReadOnly === true),
    recursive: options.ReadOnlyForceRecursive
      ? "yes"
      : options.ReadOnlyNonRecursive
        ? "no"
        : options.NonRecursive
          ? "yes" // nothing below comes along
          : recursiveReadOnly(host),
    propagation: options.Propagation === undefined || options.Propagation === "" ? "rprivate" : options.Propagation,
    relabelled: false,
    idMapped: idMapped(workload, host),
    from: field,
  } satisfies Partial<EffectiveMount>;
  if (isUnresolved(workload, field) || isUnresolved(workload, `${field}.Source`)) {
    mounts.push({ ...mount, hostPath: undefined, plainVolume: false });
  } else if (entry.Type === "bind") {
    mounts.push({ ...mount, hostPath: realPath(workload, entry.Source ?? "/"), plainVolume: false });
  } else {
    addVolume(mounts, workload, entry.Source ?? "", entry.VolumeOptions?.DriverConfig?.Options, mount);
  }
}

/**
 * A volume is plain unless its driver options make it something else. The options of an existing volume are those of
 * `volume inspect`: the ones in a create request are then ignored (measured on Engine 20.10.24), so both count.
 */
function addVolume(
  mounts: EffectiveMount[],
  workload: Workload,
  name: string,
  requested: Readonly<Record<string, string>> | undefined,
  mount: Omit<EffectiveMount, "hostPath" | "plainVolume">,
): void {
  const known: VolumeFacts | undefined = workload.surroundings.volumes?.get(name);
  const field = mount.from;
  if (isUnresolved(workload, `volumes.${name}`)) {
    mounts.push({ ...mount, hostPath: undefined, plainVolume: false });
  }
  for (const options of [known?.options, requested]) {
    for (const path of hostPathsOfVolume(options ?? {})) {
      mounts.push({
        ...mount,
        hostPath: realPath(workload, path.path),
        readOnly: path.readOnly ? "yes" : mount.readOnly,
        plainVolume: false,
        origin: "volume-options",
      });
    }
  }
  mounts.push({
    ...mount,
    hostPath: known?.mountpoint ?? `/var/lib/docker/volumes/${name || "anonymous"}/_data`,
    plainVolume: true,
    from: field,
  });
}

/**
 * Host paths that a volume of the `local` driver shows: the driver hands type, device and o to mount(2) as root, so a
 * bind of any path, a disk, procfs, sysfs and an overlay over host directories are all possible.
 */
function hostPathsOfVolume(options: Readonly<Record<string, string>>): { path: string; readOnly: boolean }[] {
  const { type = "", device = "", o = "" } = options;
  const flags = o.split(",");
  const readOnly = flags.includes("ro");
  if (type === "proc" || type === "sysfs") {
    return [{ path: type === "proc" ? "/proc" : "/sys", readOnly }];
  }
  if (type === "overlay") {
    return flags.flatMap((flag) => {
      const [key, value = ""] = flag.split("=", 2);
      return key === "lowerdir" || key === "upperdir"
        ? value.split(":").map((path) => ({ path, readOnly: readOnly || key === "lowerdir" }))
        : [];
    });
  }
  if (!device.startsWith("/")) {
    return []; // tmpfs, nfs (":/export"), cifs ("//server/share") below
  }
  if (flags.includes("bind") || flags.includes("rbind")) {
    return [{ path: device, readOnly }];
  }
  if (device.startsWith("//") || type === "tmpfs" || type.startsWith("nfs") || type === "cifs") {
    return [];
  }
  // A disk of the host: what is on it is taken to be the host's root file system.
  return device.startsWith("/dev/") ? [{ path: "/", readOnly }] : [];
}

function inheritedMounts(workload: Workload, host: HostFacts, mounts: EffectiveMount[], depth: number): void {
  workload.config.HostConfig.VolumesFrom?.forEach((entry, index) => {
    const field = `HostConfig.VolumesFrom[${index}]`;
    if (entry === "") {
      return; // taken away by an edit
    }
    const [name = "", mode = ""] = entry.replace(/^container:/, "").split(":");
    const donor = depth > 0 ? workload.surroundings.containers?.get(name) : undefined;
    const modes = mode.split(",");
    if (donor === undefined) {
      if (workload.surroundings.resolvedMounts === undefined) {
        mounts.push(unknownMount(field, workload, host));
      }
      return;
    }
    const donated = ownMounts(donor, host);
    inheritedMounts(donor, host, donated, depth - 1);
    for (const mount of donated) {
      mounts.push({
        ...mount,
        readOnly: modes.includes("ro") ? "yes" : mount.readOnly,
        from: field,
        origin: "inherited",
      });
    }
  });
}

function unknownMount(field: string, workload: Workload, host: HostFacts): EffectiveMount {
  return {
    hostPath: undefined,
    target: "",
    readOnly: "unknown",
    recursive: recursiveReadOnly(host),
    propagation: "rprivate",
    relabelled: false,
    idMapped: idMapped(workload, host),
    plainVolume: false,
    origin: "inherited",
    from: field,
  };
}

/** Mounts that only the engine's own answer shows (inherited ones in an inspect document, Podman's). */
function resolvedOnlyMounts(workload: Workload, host: HostFacts, mounts: EffectiveMount[]): void {
  workload.surroundings.resolvedMounts?.forEach((resolved, index) => {
    const target = resolved.destination;
    if (resolved.source === "" || mounts.some((mount) => mount.target.replace(/(.)\/+$/, "$1") === target)) {
      return;
    }
    mounts.push({
      ...unknownMount(`Mounts[${index}]`, workload, host),
      hostPath: realPath(workload, resolved.source),
      target,
      readOnly: knownBoolean(!resolved.readWrite),
      propagation: resolved.propagation === "" ? "rprivate" : resolved.propagation,
      plainVolume: resolved.type === "volume",
    });
  });
}

function realPath(workload: Workload, path: string): string {
  return canonicalPath(workload.surroundings.realPaths?.get(path) ?? path);
}

function idMapped(workload: Workload, host: HostFacts): Known {
  const podMapsUsers = workload.kind === "pod" && workload.config.HostConfig.UsernsMode === "private";
  if (podMapsUsers || host.values.k8s?.["hostUsers"] === false) {
    return "yes"; // the kubelet maps ids on the volumes of such pods
  }
  return hostSwitch(host, "idmapMounts");
}

/**
 * Whether `:ro` also covers the mounts below. Since Engine 25, with runc 1.1 and kernel 5.12, for create calls of API
 * 1.44 and newer only (moby daemon/oci_linux.go); Podman needs `rro`.
 */
export function recursiveReadOnly(host: HostFacts): Known {
  const { rro, createApi, engine, engineKind, kernel, oldEngine } = host.values;
  if (isOlder(createApi, "1.44") === "yes") {
    return "no";
  }
  if (rro !== undefined) {
    return knownBoolean(rro);
  }
  if (engineKind === "podman" || oldEngine === true) {
    return "no";
  }
  const oldParts = [isOlder(engine, "25"), isOlder(kernel, "5.12")];
  return oldParts.includes("yes") ? "no" : oldParts.includes("unknown") ? "unknown" : "yes";
}

/** Whether a mount shows a host path: it is that path or an ancestor of it. `path` canonical. */
export function shows(mount: EffectiveMount, path: string): Known {
  if (mount.plainVolume) {
    return "no";
  }
  return mount.hostPath === undefined ? "unknown" : knownBoolean(isAtOrBelow(path, mount.hostPath));
}

/** Whether a mount shows a host path writable, by its own flags. `path` canonical. */
export function showsWritable(mount: EffectiveMount, path: string): Known {
  const shown = shows(mount, path);
  if (shown === "no" || mount.readOnly === "no") {
    return shown;
  }
  if (mount.readOnly === "unknown") {
    return "unknown";
  }
  const { hostPath } = mount;
  if (hostPath === undefined) {
    return "no";
  }
  const behindSubmount = SUBMOUNTS.some((submount) => isBelow(submount, hostPath) && isAtOrBelow(path, submount));
  if (!behindSubmount || mount.recursive === "yes") {
    return "no";
  }
  return mount.recursive === "no" ? "yes" : "unknown";
}
