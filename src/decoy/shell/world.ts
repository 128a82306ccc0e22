/** What a program sees: the container's files with the mounts over them, and what the kernel makes up. */
import { cleanPath, directory, type FileNode, type FileTree, file } from "./files.ts";
import { generatedFile, generatedNames } from "./generated-files.ts";
import type { ShellPlace } from "./shell.ts";

export interface Mount {
  readonly target: string;
  readonly tree: FileTree;
  readonly source: string;
  readonly readOnly: boolean;
}

/** Where a path lies. */
export interface Found {
  readonly tree: FileTree;
  readonly path: string;
  readonly readOnly: boolean;
}

export type WorldPlace = Omit<ShellPlace, "layers">;

/** Symbolic links that are followed on the way to a file (the kernel's limit). */
const LINKS_MAX = 40;

/** Mounts that a container can have, those of its start included. */
export const MOUNTS_MAX = 64;

export class World {
  readonly place: WorldPlace;
  readonly own: FileTree;
  readonly host: FileTree;
  #mounts: readonly Mount[] = [];

  constructor(place: WorldPlace, own: FileTree, host: FileTree, mounts: readonly Mount[]) {
    this.place = place;
    this.own = own;
    this.host = host;
    this.setMounts(mounts);
  }

  get mounts(): readonly Mount[] {
    return this.#mounts;
  }

  setMounts(mounts: readonly Mount[]): void {
    // The longest target first; of two at one place the later one.
    this.#mounts = [...mounts].sort((left, right) => right.target.length - left.target.length).slice(0, MOUNTS_MAX);
  }

  /** The tree that a path lies in, and the path there. Links are not followed. */
  find(path: string): Found {
    const clean = cleanPath(path);
    for (const mount of this.#mounts) {
      if (clean === mount.target || clean.startsWith(`${mount.target === "/" ? "" : mount.target}/`)) {
        const rest = mount.target === "/" ? clean : clean.slice(mount.target.length);
        return { tree: mount.tree, path: cleanPath(`${mount.source}/${rest}`), readOnly: mount.readOnly };
      }
    }
    return { tree: this.own, path: clean, readOnly: false };
  }

  /** The path with all links followed, below a root as `chroot` sets it. The last part only if `follow`. */
  resolve(path: string, follow: boolean, root = "/"): string {
    const prefix = root === "/" ? "" : root;
    let rest = cleanPath(path).split("/").filter(Boolean);
    let at = "";
    let links = 0;
    while (rest.length > 0) {
      const [part = "", ...after] = rest;
      const next = `${at}/${part}`;
      const found = this.find(`${prefix}${next}`);
      const node = this.#generated(found) === undefined ? found.tree.peek(found.path) : undefined;
      if (node?.type === "symlink" && (follow || after.length > 0) && links < LINKS_MAX) {
        links += 1;
        const target = node.target.startsWith("/") ? node.target : `${at}/${node.target}`;
        rest = [...cleanPath(target).split("/").filter(Boolean), ...after];
        at = "";
      } else {
        at = next;
        rest = after;
      }
    }
    return `${prefix}${at}` || "/";
  }

  get(path: string, follow = true, root = "/"): FileNode | undefined {
    const found = this.find(this.resolve(path, follow, root));
    const generated = this.#generated(found);
    if (generated !== undefined) {
      return file(Buffer.from(generated), 0o444);
    }
    const isFolder = generatedNames(this.place, this.#scope(found), found.path).length > 0;
    return found.tree.peek(found.path) ?? (isFolder ? directory(this.place.machine.bootedAt, 0o555) : undefined);
  }

  list(path: string, root = "/"): string[] {
    const clean = this.resolve(path, true, root);
    const found = this.find(clean);
    const mounted = this.#mounts
      .filter(
        ({ target }) => target !== "/" && target.slice(0, target.lastIndexOf("/")) === (clean === "/" ? "" : clean),
      )
      .map(({ target }) => target.slice(target.lastIndexOf("/") + 1))
      .filter((name) => !name.startsWith("\0"));
    const made = generatedNames(this.place, this.#scope(found), found.path);
    return [...new Set([...found.tree.list(found.path), ...mounted, ...made])].sort();
  }

  /** Whether the kernel makes the file up, so that it cannot be written. */
  isGenerated(path: string): boolean {
    return this.#generated(this.find(path)) !== undefined;
  }

  #generated(found: Found): string | undefined {
    return generatedFile(this.place, this.#scope(found), found.path);
  }

  #scope(found: Found): "host" | "container" | "none" {
    return found.tree === this.host ? "host" : found.tree === this.own ? "container" : "none";
  }
}
