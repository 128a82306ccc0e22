/** The control groups that an engine leaves behind. */
import { existsSync, readdirSync, rmdirSync } from "node:fs";
import { basename, join } from "node:path";

const CGROUP_ROOT = "/sys/fs/cgroup";

/** The group that all containers of an engine are put under, so that none is left in a group of the host's own engine. */
export function cgroupParentOf(folder: string): string {
  return `/${basename(folder)}`;
}

/** Where Podman puts every container, in a group named after it; there is no setting for another place. */
const PODMAN_PARENT = "/libpod_parent";

/** Removes the groups of an engine whose processes have ended. A group in use stays, and so do its parents. */
export function removeCgroups(folder: string): void {
  const podmanGroups = podmanContainersOf(folder).flatMap((id) => [
    `${PODMAN_PARENT}/libpod-${id}`,
    `${PODMAN_PARENT}/libpod-conmon-${id}`,
  ]);
  for (const hierarchy of hierarchies()) {
    for (const group of [cgroupParentOf(folder), ...podmanGroups]) {
      removeTree(join(hierarchy, group));
    }
    removeGroup(join(hierarchy, `${PODMAN_PARENT}/conmon`));
    removeGroup(join(hierarchy, PODMAN_PARENT));
  }
}

/** The ids of the containers in Podman's storage; none for an engine of another kind. */
function podmanContainersOf(folder: string): string[] {
  const containers = join(folder, "storage/overlay-containers");
  return existsSync(containers) ? readdirSync(containers).filter((name) => /^[0-9a-f]{64}$/.test(name)) : [];
}

/** With cgroup v2 there is one hierarchy; with v1 and hybrid every folder below the root is one. */
function hierarchies(): string[] {
  if (existsSync(join(CGROUP_ROOT, "cgroup.controllers"))) {
    return [CGROUP_ROOT];
  }
  return existsSync(CGROUP_ROOT) ? readdirSync(CGROUP_ROOT).map((name) => join(CGROUP_ROOT, name)) : [];
}

function removeTree(path: string): void {
  const entries = existsSync(path) ? readdirSync(path, { withFileTypes: true }) : [];
  for (const entry of entries.filter((one) => one.isDirectory())) {
    removeTree(join(path, entry.name));
  }
  removeGroup(path);
}

/** The kernel refuses to remove a group with processes or with groups below it, so nobody else's can be lost. */
function removeGroup(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && ["EBUSY", "ENOENT", "ENOTEMPTY"].includes(String(error.code)))) {
      throw error;
    }
  }
}
