import type { ContainerFacts } from "../container.ts";
import { all, any, type Expression, gained } from "../expression.ts";
import { and, type Known, knownBoolean, or } from "../known.ts";
import { nextFactNumber } from "../memo.ts";
import { MOUNT_LEVELS } from "../mount-levels.ts";
import { type EffectiveMount, shows, showsWritable } from "../mounts.ts";
import { canonicalPath } from "../paths.ts";
import { type ContainerView, containerFact, intern } from "./fact.ts";
import { hostuid0, uid0 } from "./identity.ts";

/** The best value over all mounts. */
function overMounts({ mounts }: ContainerFacts, judge: (mount: EffectiveMount) => Known): Known {
  let best: Known = "no";
  for (const mount of mounts) {
    best = or(best, judge(mount));
    if (best === "yes") {
      return best;
    }
  }
  return best;
}

/** The fields of the mounts that reach the best value. */
function mountsWith(container: ContainerFacts, judge: (mount: EffectiveMount) => Known): readonly string[] {
  const best = overMounts(container, judge);
  if (best === "no") {
    return ["HostConfig.Binds"];
  }
  return [...new Set(container.mounts.filter((mount) => judge(mount) === best).map((mount) => mount.from))];
}

/** A fact that is true when some mount makes it true. */
const mountFact = (id: string, judge: (mount: EffectiveMount) => Known): Expression =>
  intern(id, () => {
    const index = nextFactNumber();
    const ofMounts = MOUNT_LEVELS.add({ index, judge });
    const known = ({ container }: ContainerView) => overMounts(container, judge);
    const from = ({ container }: ContainerView) => mountsWith(container, judge);
    return { kind: "fact", fact: { id, index, scope: "container", known, from, negatable: false, ofMounts } };
  });

/** The paths that rules name, canonical and cut at slashes; there are as many as the rules have. */
const rulePaths = new Map<string, { readonly path: string; readonly parts: readonly string[] | undefined }>();

function rulePath(path: string) {
  let known = rulePaths.get(path);
  if (known === undefined) {
    const canonical = canonicalPath(path);
    known = { path: canonical, parts: path.includes("*") ? canonical.split("/") : undefined };
    rulePaths.set(path, known);
  }
  return known;
}

/** A host path, or a pattern of paths: `/home/*` is every entry of /home. */
function showsPattern(mount: EffectiveMount, rule: string, judge: typeof shows): Known {
  if (mount.plainVolume) {
    return "no";
  }
  const { path, parts: pattern } = rulePath(rule);
  if (pattern === undefined) {
    return judge(mount, path);
  }
  if (mount.hostPath === undefined) {
    return "unknown";
  }
  const parts = mount.hostPath === "/" ? [""] : mount.hostPath.split("/");
  if (
    parts.length > pattern.length ||
    !parts.every((part, index) => pattern[index] === "*" || pattern[index] === part)
  ) {
    return "no";
  }
  // The mount is an ancestor of what the pattern names: judge an imaginary path of that form.
  const imagined = [...parts, ...pattern.slice(parts.length).map((part) => (part === "*" ? "x" : part))].join("/");
  return judge(mount, imagined);
}

/** Words of what a container sees of its host's files. Paths are host paths; `*` stands for one name. */
export const mount = {
  /** The path is bound, in whatever way; so is everything when an ancestor is. */
  any: (path: string): Expression => mountFact(`mount.any(${path})`, (entry) => showsPattern(entry, path, shows)),
  /** The path is writable by the flags of the mount, or after a read-only mount was made writable. */
  rw: (path: string): Expression =>
    intern(`mount.rw*(${path})`, () =>
      any(
        mountFact(`mount.rw(${path})`, (entry) => showsPattern(entry, path, showsWritable)),
        all(mount.any(path), gained("ro-binds-become-rw")),
      ),
    ),
  /** The path is bound read-only at its top, and what is mounted below it stays writable. */
  roNonrecursive: (path: string): Expression =>
    mountFact(`mount.ro-nonrecursive(${path})`, (entry) =>
      and(
        and(entry.readOnly, shows(entry, path)),
        entry.recursive === "unknown" ? "unknown" : knownBoolean(entry.recursive === "no"),
      ),
    ),
  /** Some host directory is bound read-only. */
  roAny: mountFact("mount.ro-any", (entry) => (entry.plainVolume ? "no" : entry.readOnly)),
  /** Some host path is bound, or a volume is mounted. */
  bound: mountFact("mount.bound", (entry) => knownBoolean(!entry.plainVolume)),
  /** A host directory is bound or a volume is mounted, writable. */
  rwBound: mountFact("mount.rw-bound", (entry) =>
    entry.readOnly === "no" ? "yes" : entry.readOnly === "yes" ? "no" : "unknown",
  ),
  /** A host directory (no plain volume) is bound writable. */
  rwHost: mountFact("mount.rw-host", (entry) =>
    entry.plainVolume ? "no" : entry.readOnly === "no" ? "yes" : entry.readOnly === "yes" ? "no" : "unknown",
  ),
  /**
   * Some mount comes from a file system of the host: always true, for /etc/hosts, /etc/hostname and /etc/resolv.conf
   * are files of the engine's data root in every container.
   */
  anyHostFs: containerFact(
    "mount.anyhostfs",
    () => "yes",
    () => [],
  ),
  /** As above, and writable: a read-only root makes those three read-only, a volume or a writable bind does not mind. */
  rwHostFs: containerFact(
    "mount.rwhostfs",
    (view) => {
      const { HostConfig, Config } = view.container.workload.config;
      if (HostConfig.ReadonlyRootfs !== true || (Config.Volumes?.length ?? 0) > 0) {
        return "yes";
      }
      const mounted = overMounts(view.container, (entry) => (entry.readOnly === "yes" ? "no" : "yes"));
      const volumes = view.container.workload.surroundings.image?.volumes;
      return or(mounted, volumes === undefined ? "unknown" : knownBoolean(volumes.length > 0));
    },
    () => ["HostConfig.ReadonlyRootfs"],
  ),
  /** A mount propagates what is mounted in the container to the host, or the other way round. */
  propagation: (kind: "shared" | "slave"): Expression =>
    mountFact(`mount.propagation(${kind})`, (entry) => knownBoolean(entry.propagation.endsWith(kind))),
  /** The path is bound so that what the host mounts below it later arrives too, writable even under a read-only bind. */
  receives: (path: string): Expression =>
    mountFact(`mount.receives(${path})`, (entry) =>
      and(knownBoolean(/slave$|shared$/.test(entry.propagation)), showsPattern(entry, path, shows)),
    ),
  /** Root inside is root on the mount that shows this path, whatever the user namespace. */
  idMapped: (path: string): Expression =>
    mountFact(`mount.idmapped(${path})`, (entry) => and(entry.idMapped, showsPattern(entry, path, shows))),
  /** The mount that shows this path is not kept from the container by SELinux. */
  relabelled: (path: string): Expression =>
    mountFact(`mount.relabelled(${path})`, (entry) =>
      and(knownBoolean(entry.relabelled), showsPattern(entry, path, shows)),
    ),
  /** A volume of the local driver whose options make it a bind, a disk or procfs. */
  fromVolumeOptions: mountFact("mount.from-volume-options", (entry) => knownBoolean(entry.origin === "volume-options")),
  /** Mounts taken over from another container. */
  inherited: mountFact("mount.inherited", (entry) =>
    entry.origin === "inherited" && !entry.plainVolume ? (entry.hostPath === undefined ? "unknown" : "yes") : "no",
  ),
  /** A file whose host path has this form is bound, by itself or within a directory. */
  matching: (name: string, pattern: RegExp): Expression =>
    mountFact(`mount.matching(${name})`, (entry) =>
      entry.plainVolume ? "no" : entry.hostPath === undefined ? "unknown" : knownBoolean(pattern.test(entry.hostPath)),
    ),
};

/** Root as far as the files of a mount are concerned: the host's root, or root inside on a mount with mapped ids. */
export const rootOn = (path: string): Expression =>
  intern(`root-on(${path})`, () => any(hostuid0, all(uid0, mount.idMapped(path))));
