import { cleanPath, splitBind, type VolumeFacts, type Workload } from "../../facts/index.ts";
import type { Grant, HostPathGrant } from "./grant.ts";

/** How deep the donors of `VolumesFrom` are followed. */
export const DONOR_DEPTH_MAX = 8;

/** What a look at a path of the host showed. */
export interface SeenHostPath {
  readonly realPath: string;
  readonly socket: boolean;
  /** Links on the way could not be followed for want of rights: nobody knows where the path leads. */
  readonly hidden: boolean;
}

/** Looks at a path of the host: follows symbolic links. Undefined: there is no such path, or it cannot be looked at. */
export type SeeHostPath = (path: string) => SeenHostPath | undefined;

/** What the mounts of a container show of its host, wherever they are written. */
export function mountGrants(workload: Workload, see: SeeHostPath): readonly Grant[] {
  const grants: Grant[] = [];
  ownMounts(workload, see, grants);
  inherited(workload, see, grants);
  return grants;
}

function ownMounts(workload: Workload, see: SeeHostPath, grants: Grant[]): void {
  const { Binds = [], Mounts = [], VolumeDriver = "" } = workload.config.HostConfig;
  Binds.forEach((bind, index) => {
    const field = `HostConfig.Binds[${index}]`;
    const { source, target, options } = splitBind(bind);
    if (target === undefined) {
      return; // one path is an anonymous volume
    }
    const propagation = options.find((option) => /^r?(shared|slave|private)$/.test(option)) ?? "rprivate";
    const readOnly = options.includes("ro") || options.includes("rro");
    if (isHostPath(source)) {
      grants.push(hostPath(field, source, readOnly, propagation, see));
    } else {
      grants.push(...volumeGrants(workload, field, source, VolumeDriver, undefined, readOnly, see));
    }
  });
  Mounts.forEach((mount, index) => {
    const field = `HostConfig.Mounts[${index}]`;
    const source = mount.Source ?? "";
    const readOnly = mount.ReadOnly === true;
    switch (mount.Type) {
      case "bind":
        grants.push(hostPath(field, source, readOnly, mount.BindOptions?.Propagation || "rprivate", see));
        break;
      case "volume": {
        const driver = mount.VolumeOptions?.DriverConfig;
        grants.push(
          ...volumeGrants(workload, field, source, driver?.Name || VolumeDriver, driver?.Options, readOnly, see),
        );
        break;
      }
      case "tmpfs":
      case "image":
        break;
      default:
        // npipe and cluster, and whatever a newer engine may know.
        grants.push({ kind: "other", field: `${field}.Type`, detail: `mount of type ${mount.Type || '""'}` });
    }
  });
}

/** The engine takes a source with a slash in front for a path; anything else is a volume's name. */
const isHostPath = (source: string): boolean => source.startsWith("/");

function hostPath(
  field: string,
  source: string,
  readOnly: boolean,
  propagation: string,
  see: SeeHostPath,
): { readonly field: string } & HostPathGrant {
  const clean = cleanPath(source === "" ? "/" : source);
  const seen = see(clean);
  return {
    kind: "host-path",
    field,
    path: seen?.realPath ?? clean,
    written: source,
    readOnly,
    propagation,
    inherited: false,
    ...(seen === undefined ? {} : { socket: seen.socket, hidden: seen.hidden }),
  };
}

function volumeGrants(
  workload: Workload,
  field: string,
  name: string,
  driver: string,
  requested: Readonly<Record<string, string>> | undefined,
  readOnly: boolean,
  see: SeeHostPath,
): readonly Grant[] {
  const known: VolumeFacts | undefined = workload.surroundings.volumes?.get(name);
  const existing = known === undefined ? [] : volumeOptionGrants(field, known.options, readOnly, see);
  const wanted = requested === undefined ? [] : volumeOptionGrants(field, requested, readOnly, see);
  return [{ kind: "volume", field, name, driver: known?.driver ?? (driver || "local") }, ...existing, ...wanted];
}

/**
 * What the options of a volume of the `local` driver mount. The driver hands `type`, `device` and `o` to mount(2) as
 * root, so any path, disk or pseudo file system is possible (knowledge of moby volume/local/local_unix.go, measured on
 * Engine 20.10.24). Names are data: `Device` is no option.
 */
export function volumeOptionGrants(
  field: string,
  options: Readonly<Record<string, string>>,
  readOnly: boolean,
  see: SeeHostPath,
): readonly Grant[] {
  const { type = "", device = "", o = "" } = options;
  if (type === "" && device === "" && o === "") {
    return [];
  }
  const flags = o.split(",").map((flag) => flag.trim());
  const grants: Grant[] = [];
  const add = (path: string, ro: boolean) => {
    grants.push({ ...hostPath(field, path, ro, propagationOf(flags), see) });
  };
  for (const flag of flags) {
    const [key = "", value = ""] = splitOnce(flag);
    if (["lowerdir", "upperdir", "workdir"].includes(key)) {
      // `::` separates data-only layers of overlay.
      for (const path of value.split(/:+/).filter((part) => part !== "")) {
        add(path, readOnly || key === "lowerdir");
      }
    }
  }
  const bind = flags.some((flag) => flag === "bind" || flag === "rbind");
  if (bind || (device.startsWith("/") && !device.startsWith("//") && !isDisk(device) && !PLAIN_TYPES.has(type))) {
    add(device, readOnly || flags.includes("ro"));
  } else if (PLAIN_TYPES.has(type)) {
    return grants;
  } else if (grants.length === 0) {
    grants.push({ kind: "volume-device", field, device, type });
  }
  return grants;
}

/** Types of mount(2) that begin empty and hold nothing of the host. */
const PLAIN_TYPES: ReadonlySet<string> = new Set(["tmpfs", "ramfs"]);

const isDisk = (device: string): boolean => cleanPath(device).startsWith("/dev/");

const propagationOf = (flags: readonly string[]): string =>
  flags.find((flag) => /^r?(shared|slave|private)$/.test(flag)) ?? "rprivate";

function splitOnce(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function inherited(workload: Workload, see: SeeHostPath, grants: Grant[]): void {
  let pending = donorsOf(workload, undefined);
  const visited = new Set<Workload>();
  for (let depth = 0; pending.length > 0; depth += 1) {
    const next: Donor[] = [];
    for (const donor of pending) {
      if (donor.workload === undefined || depth >= DONOR_DEPTH_MAX) {
        grants.push({ kind: "unknown-mounts", field: donor.field, from: donor.name });
        continue;
      }
      if (visited.has(donor.workload)) {
        continue;
      }
      visited.add(donor.workload);
      const own: Grant[] = [];
      ownMounts(donor.workload, see, own);
      grants.push(...own.map((grant) => inheritedGrant(grant, donor)));
      next.push(...donorsOf(donor.workload, donor));
    }
    pending = next;
  }
}

interface Donor {
  readonly field: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly workload: Workload | undefined;
}

function donorsOf(workload: Workload, via: Donor | undefined): Donor[] {
  return (workload.config.HostConfig.VolumesFrom ?? []).map((entry, index) => {
    const [name = "", mode = ""] = entry.replace(/^container:/, "").split(":");
    return {
      field: via?.field ?? `HostConfig.VolumesFrom[${index}]`,
      name,
      readOnly: via?.readOnly === true || mode.split(",").includes("ro"),
      workload: workload.surroundings.containers?.get(name),
    };
  });
}

function inheritedGrant(grant: Grant, donor: Donor): Grant {
  return grant.kind === "host-path"
    ? { ...grant, field: donor.field, readOnly: grant.readOnly || donor.readOnly, inherited: true }
    : { ...grant, field: donor.field };
}
