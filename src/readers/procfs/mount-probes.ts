import { ABSENT, textOf } from "./host-source.ts";
import { type MountInfo, mountOf, parseMountInfo } from "./mount-info.ts";
import { type Probe, placeOf } from "./probe.ts";

const MOUNTS = "/proc/self/mountinfo";
const CGROUP_TREE = "/sys/fs/cgroup";

/** Where Docker keeps its data unless it is told otherwise. */
const DEFAULT_DATA_ROOT = "/var/lib/docker";

/** File systems that lie on one block device and can be mounted a second time from it. */
const ON_BLOCK_DEVICE = new Set(["btrfs", "erofs", "ext2", "ext3", "ext4", "f2fs", "jfs", "reiserfs", "vfat", "xfs"]);

/** File systems of which no block device of the host holds the content in a form that mount(2) takes. */
const NOT_ON_BLOCK_DEVICE = new Set([
  "9p",
  "ceph",
  "cifs",
  "nfs",
  "nfs4",
  "ramfs",
  "rootfs",
  "tmpfs",
  "virtiofs",
  "zfs",
]);

/**
 * A hybrid host, with controllers on version 1 and an empty tree of version 2, counts as 1. A named hierarchy without
 * controllers (`name=systemd`) does not make a host hybrid.
 */
export const probeCgroup: Probe = (source, draft) => {
  const trees = parseMountInfo(textOf(source, MOUNTS) ?? "").filter(
    ({ mountPoint }) => mountPoint === CGROUP_TREE || mountPoint.startsWith(`${CGROUP_TREE}/`),
  );
  const place = placeOf(MOUNTS, "cgroup");
  const unified = trees.find(({ fileSystem }) => fileSystem === "cgroup2");
  if (trees.some(hasControllers)) {
    draft.set("cgroup", 1, place);
  } else if (unified !== undefined) {
    draft.set("cgroup", 2, place);
    draft.set("nsdelegate", unified.superOptions.includes("nsdelegate"), placeOf(MOUNTS, "nsdelegate"));
  }
};

/** Flags of a version 1 hierarchy besides the names of its controllers: kernel/cgroup/cgroup-v1.c. */
const NOT_A_CONTROLLER = /^(?:rw|ro|none|noprefix|clone_children|xattr|cpuset_v2_mode|favordynmods|seclabel|.*=.*)$/;

function hasControllers({ fileSystem, superOptions }: MountInfo): boolean {
  return fileSystem === "cgroup" && superOptions.some((option) => !NOT_A_CONTROLLER.test(option));
}

/** Whether a disk of the host is the host, and whether the engine's data lie on the same file system. */
export const probeStorage: Probe = (source, draft, options) => {
  const mounts = parseMountInfo(textOf(source, MOUNTS) ?? "");
  const root = mountOf(mounts, "/");
  if (root === undefined) {
    return;
  }
  draft.set("rootOnLocalBlock", isOnLocalBlock(root), placeOf(MOUNTS, "rootOnLocalBlock"));
  const dataRoot = options.dataRoot ?? DEFAULT_DATA_ROOT;
  const status = source.status(dataRoot);
  const isPlainFolder = status !== undefined && status !== ABSENT && typeof source.link(dataRoot) !== "string";
  if (isPlainFolder) {
    const isShared = mountOf(mounts, dataRoot)?.device === root.device;
    draft.set("dataRootOnRootFs", isShared, placeOf(MOUNTS, "dataRootOnRootFs"));
  }
};

/** The device mapper may stand for an encrypted disk, whose raw form cannot be read: left open. */
function isOnLocalBlock({ fileSystem, source }: MountInfo): boolean | undefined {
  if (NOT_ON_BLOCK_DEVICE.has(fileSystem)) {
    return false;
  }
  const isMapped = source.startsWith("/dev/mapper/") || source.startsWith("/dev/dm-");
  return ON_BLOCK_DEVICE.has(fileSystem) && source.startsWith("/dev/") && !isMapped ? true : undefined;
}
