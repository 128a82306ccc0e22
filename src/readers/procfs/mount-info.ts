/**
 * /proc/PID/mountinfo (proc(5), fs/proc_namespace.c show_mountinfo):
 *
 * `36 35 98:0 /root /mount/point rw,noatime master:1 - ext4 /dev/root rw,errors=continue`
 */

/** One mount as a process sees it. */
export interface MountInfo {
  readonly id: number;
  readonly parentId: number;
  /** `major:minor` of the file system. */
  readonly device: string;
  /** What of the file system is mounted. */
  readonly root: string;
  readonly mountPoint: string;
  /** Options of this mount. */
  readonly options: readonly string[];
  readonly readOnly: boolean;
  readonly propagation: MountPropagation;
  readonly fileSystem: string;
  /** May be empty. */
  readonly source: string;
  /** Options of the file system, whichever mount it is seen through. */
  readonly superOptions: readonly string[];
  readonly superReadOnly: boolean;
}

/** Peer groups of a mount. None of them: private. */
export interface MountPropagation {
  readonly sharedGroup?: number;
  readonly masterGroup?: number;
  readonly unbindable?: true;
}

/** Lines that are read; the kernel's own limit is fs.mount-max, 100 000 in each namespace. */
export const MOUNTS_MAX = 100_000;

/** Reads every line that has the form; others are left out. */
export function parseMountInfo(text: string): readonly MountInfo[] {
  const mounts: MountInfo[] = [];
  for (const line of text.split("\n")) {
    const mount = parseLine(line);
    if (mount !== undefined && mounts.length < MOUNTS_MAX) {
      mounts.push(mount);
    }
  }
  return mounts;
}

/** The mount that a path is on: the deepest one, and of several at one place the last, which covers the others. */
export function mountOf(mounts: readonly MountInfo[], path: string): MountInfo | undefined {
  let found: MountInfo | undefined;
  for (const mount of mounts) {
    const isOnIt = mount.mountPoint === "/" || path === mount.mountPoint || path.startsWith(`${mount.mountPoint}/`);
    if (isOnIt && mount.mountPoint.length >= (found?.mountPoint.length ?? 0)) {
      found = mount;
    }
  }
  return found;
}

function parseLine(line: string): MountInfo | undefined {
  const separator = line.indexOf(" - ");
  if (separator < 0) {
    return undefined;
  }
  const [id, parentId, device, root, mountPoint, options, ...optional] = line.slice(0, separator).split(" ");
  const [fileSystem, source, ...superParts] = line.slice(separator + " - ".length).split(" ");
  if (!isNumber(id) || !isNumber(parentId) || device === undefined || !/^\d+:\d+$/.test(device)) {
    return undefined;
  }
  if (root === undefined || mountPoint === undefined || options === undefined || !fileSystem) {
    return undefined;
  }
  // A source or an option of the file system may hold a space that its driver does not escape.
  const superOptions = superParts.join(" ").split(",").map(unescapeOctal);
  return {
    id: Number(id),
    parentId: Number(parentId),
    device,
    root: unescapeOctal(root),
    mountPoint: unescapeOctal(mountPoint),
    options: options.split(","),
    readOnly: options.split(",").includes("ro"),
    propagation: parsePropagation(optional),
    fileSystem: unescapeOctal(fileSystem),
    source: unescapeOctal(source ?? ""),
    superOptions,
    superReadOnly: superOptions.includes("ro"),
  };
}

/** Optional fields: `shared:N`, `master:N`, `propagate_from:N`, `unbindable`, and what a later kernel adds. */
function parsePropagation(fields: readonly string[]): MountPropagation {
  const groupOf = (name: string) => {
    const group = fields.find((field) => field.startsWith(`${name}:`))?.slice(name.length + 1);
    return isNumber(group) ? Number(group) : undefined;
  };
  const [sharedGroup, masterGroup] = [groupOf("shared"), groupOf("master")];
  return {
    ...(sharedGroup === undefined ? {} : { sharedGroup }),
    ...(masterGroup === undefined ? {} : { masterGroup }),
    ...(fields.includes("unbindable") ? { unbindable: true } : {}),
  };
}

/** The kernel writes space, tab, newline, backslash and `#` as `\ooo` (fs/seq_file.c, mangle_path). */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

const isNumber = (text: string | undefined): text is string => text !== undefined && /^\d{1,10}$/.test(text);
