/** What a program of the small shell sees: files with the mounts over them, and the machine. */
import { baseFiles } from "../base-files.ts";
import { cleanPath, type FileNode, FileTree, file } from "../files.ts";
import type { ShellPlace } from "../shell.ts";

interface Mount {
  readonly target: string;
  readonly tree: FileTree;
  readonly source: string;
  readonly readOnly: boolean;
}

/** Trees that containers of one installation share. */
export class SharedTrees {
  readonly #volumes = new Map<string, FileTree>();
  #host: FileTree | undefined;

  host(place: ShellPlace): FileTree {
    if (this.#host === undefined) {
      this.#host = new FileTree(baseFiles("debian"));
      this.#host.writeFile("/etc/hostname", Buffer.from(`${place.machine.hostname}\n`));
    }
    return this.#host;
  }

  volume(name: string): FileTree {
    let tree = this.#volumes.get(name);
    if (tree === undefined) {
      tree = new FileTree(new Map());
      this.#volumes.set(name, tree);
    }
    return tree;
  }
}

export class World {
  readonly place: ShellPlace;
  readonly own: FileTree;
  readonly #mounts: readonly Mount[];

  constructor(place: ShellPlace, image: ReadonlyMap<string, FileNode>, shared: SharedTrees) {
    this.place = place;
    this.own = new FileTree(image);
    this.#mounts = place.binds
      .map((bind) => ({
        target: cleanPath(bind.target),
        tree: bind.source.kind === "host" ? shared.host(place) : shared.volume(bind.source.name),
        source: bind.source.kind === "host" ? cleanPath(bind.source.path) : "/",
        readOnly: bind.readOnly,
      }))
      .sort((left, right) => right.target.length - left.target.length);
    for (const mount of this.#mounts) {
      mount.tree.makeFolder(mount.source, true);
    }
  }

  /** The tree that a path lies in, and the path there. */
  find(path: string): { tree: FileTree; path: string; readOnly: boolean } {
    const clean = cleanPath(path);
    for (const mount of this.#mounts) {
      if (clean === mount.target || clean.startsWith(`${mount.target}/`)) {
        return {
          tree: mount.tree,
          path: cleanPath(`${mount.source}/${clean.slice(mount.target.length)}`),
          readOnly: mount.readOnly,
        };
      }
    }
    return { tree: this.own, path: clean, readOnly: false };
  }

  get(path: string, follow = true): FileNode | undefined {
    const generated = this.#generated(cleanPath(path));
    if (generated !== undefined) {
      return file(Buffer.from(generated), 0o444);
    }
    const found = this.find(path);
    return found.tree.get(found.path, follow);
  }

  list(path: string): string[] {
    const found = this.find(path);
    const clean = cleanPath(path);
    const mounted = this.#mounts
      .filter((mount) => mount.target.slice(0, mount.target.lastIndexOf("/")) === (clean === "/" ? "" : clean))
      .map((mount) => mount.target.slice(mount.target.lastIndexOf("/") + 1));
    return [...new Set([...found.tree.list(found.path), ...mounted])].sort();
  }

  write(path: string, data: Uint8Array): "written" | "read-only" | "failed" {
    const found = this.find(path);
    if (found.readOnly) {
      return "read-only";
    }
    return found.tree.writeFile(found.path, data) ? "written" : "failed";
  }

  /** Files of the kernel and those that the engine puts over the image's. */
  #generated(path: string): string | undefined {
    const { place } = this;
    switch (path) {
      case "/etc/hostname":
        return `${place.hostname}\n`;
      case "/etc/hosts":
        return `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nff00::0\tip6-mcastprefix\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n${place.ipAddress === "" ? "" : `${place.ipAddress}\t${place.hostname}\n`}`;
      case "/proc/1/cgroup":
      case "/proc/self/cgroup":
        return place.machine.cgroupVersion === 2
          ? "0::/\n"
          : CONTROLLERS.map(
              (name, index) => `${CONTROLLERS.length - index}:${name}:/docker/${place.containerId}\n`,
            ).join("");
      case "/proc/version":
        return `Linux version ${place.machine.kernel} (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) ${place.machine.kernelVersion}\n`;
      default:
        return undefined;
    }
  }
}

const CONTROLLERS = [
  "name=systemd",
  "pids",
  "blkio",
  "net_cls,net_prio",
  "freezer",
  "devices",
  "memory",
  "perf_event",
  "cpu,cpuacct",
  "cpuset",
];
