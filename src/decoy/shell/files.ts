/** A tree of files in memory: what a container, a volume or the pretended host has. */
import type { TarEntry } from "./tar.ts";

export interface FileNode {
  readonly type: "file" | "directory" | "symlink";
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Of a symlink. */
  readonly target: string;
  readonly data: Uint8Array;
  /** Letters of `chattr` that were set: `i`, `a`. Absent: none. */
  readonly attributes?: string;
}

/** A path and what is there now; null: nothing any more. */
export type FileEdit = readonly [path: string, node: FileNode | null];

/** Files of one tree; beyond it nothing more can be written. */
export const FILES_MAX = 20_000;

/** Bytes that visitors may write into one tree. */
export const WRITTEN_BYTES_MAX = 16 * 1024 * 1024;

/** Symbolic links that are followed on the way to a file (the kernel's limit). */
const LINKS_MAX = 40;

const EMPTY = new Uint8Array();

/** Paths are absolute and clean. Nodes are never changed, only replaced, so trees can share them. */
export class FileTree {
  readonly #nodes: Map<string, FileNode>;
  readonly #base: ReadonlyMap<string, FileNode>;
  #written = 0;

  /** `written`: bytes that visitors wrote into it before. */
  constructor(base: ReadonlyMap<string, FileNode>, written = 0) {
    this.#base = base;
    this.#written = written;
    this.#nodes = new Map(base);
    if (!this.#nodes.has("/")) {
      this.#nodes.set("/", directory(0));
    }
  }

  get written(): number {
    return this.#written;
  }

  /** What is not as in the tree that it was made from, to make the same tree elsewhere. */
  edits(): FileEdit[] {
    return this.editsFrom(this.#base);
  }

  /** The same, from another tree. */
  editsFrom(base: ReadonlyMap<string, FileNode>): FileEdit[] {
    const edits: FileEdit[] = [];
    for (const [path, node] of this.#nodes) {
      if (base.get(path) !== node) {
        edits.push([path, node]);
      }
    }
    for (const path of base.keys()) {
      if (!this.#nodes.has(path)) {
        edits.push([path, null]);
      }
    }
    return edits;
  }

  /** Makes edits of a tree with the same base, as far as the bounds of this one allow. */
  apply(edits: readonly FileEdit[]): void {
    for (const [path, node] of edits) {
      const before = this.#nodes.get(path);
      const grown = (node?.data.length ?? 0) - (before?.data.length ?? 0);
      if (node === null) {
        this.#nodes.delete(path);
        this.#written += this.#base.get(path) === before ? 0 : grown;
      } else if (
        (before !== undefined || this.#nodes.size < FILES_MAX) &&
        (grown <= 0 || this.#written + grown <= WRITTEN_BYTES_MAX)
      ) {
        this.#nodes.set(path, node);
        this.#written = Math.max(0, this.#written + grown);
      }
    }
  }

  /** All nodes, to make other trees from. */
  nodes(): ReadonlyMap<string, FileNode> {
    return new Map(this.#nodes);
  }

  /** The path with every link on the way resolved; the last part too when `follow` is set. */
  resolve(path: string, follow: boolean): string {
    let links = 0;
    let parts = cleanPath(path).split("/").filter(Boolean);
    let at = "";
    while (parts.length > 0) {
      const [part, ...rest] = parts;
      const next = `${at}/${part}`;
      const node = this.#nodes.get(next);
      if (node?.type === "symlink" && (rest.length > 0 || follow) && links < LINKS_MAX) {
        links += 1;
        const target = node.target.startsWith("/") ? node.target : `${at}/${node.target}`;
        parts = [...cleanPath(target).split("/").filter(Boolean), ...rest];
        at = "";
        continue;
      }
      at = next;
      parts = rest;
    }
    return at === "" ? "/" : at;
  }

  /** What is at a path, no link followed. */
  peek(path: string): FileNode | undefined {
    return this.#nodes.get(path);
  }

  get(path: string, follow = true): FileNode | undefined {
    return this.#nodes.get(this.resolve(path, follow));
  }

  /** Names in a folder, sorted. */
  list(path: string): string[] {
    const folder = this.resolve(path, true);
    const prefix = folder === "/" ? "/" : `${folder}/`;
    const names: string[] = [];
    for (const key of this.#nodes.keys()) {
      if (key.startsWith(prefix) && key.length > prefix.length && !key.includes("/", prefix.length)) {
        names.push(key.slice(prefix.length));
      }
    }
    return names.sort();
  }

  /** Puts a node; false: its folder is not there, or the tree is full. */
  set(path: string, node: FileNode): boolean {
    return this.place(this.resolve(path, node.type !== "symlink"), node);
  }

  /** The same where all links are followed already. */
  place(place: string, node: FileNode): boolean {
    const parent = this.#nodes.get(parentOf(place));
    const before = this.#nodes.get(place);
    const grown = node.data.length - (before?.data.length ?? 0);
    if (
      parent?.type !== "directory" ||
      (before === undefined && this.#nodes.size >= FILES_MAX) ||
      this.#written + grown > WRITTEN_BYTES_MAX
    ) {
      return false;
    }
    this.#written += grown;
    this.#nodes.set(place, node);
    return true;
  }

  writeFile(path: string, data: Uint8Array, mode = 0o644): boolean {
    const before = this.get(path);
    if (before?.type === "directory") {
      return false;
    }
    return this.set(path, { ...file(data, before?.mode ?? mode), uid: before?.uid ?? 0, gid: before?.gid ?? 0 });
  }

  makeFolder(path: string, parents: boolean): boolean {
    const place = this.resolve(path, true);
    if (this.#nodes.get(place)?.type === "directory") {
      return parents;
    }
    if (
      parents &&
      place !== "/" &&
      this.#nodes.get(parentOf(place)) === undefined &&
      !this.makeFolder(parentOf(place), true)
    ) {
      return false;
    }
    return this.#nodes.get(place) === undefined && this.set(place, directory(Date.now()));
  }

  /** Removes a file, or a folder with everything in it. */
  remove(path: string): boolean {
    const place = this.resolve(path, false);
    const node = this.#nodes.get(place);
    if (node === undefined || place === "/") {
      return false;
    }
    for (const key of [...this.#nodes.keys()]) {
      if (key === place || key.startsWith(`${place}/`)) {
        this.#written -= this.#base.get(key) === this.#nodes.get(key) ? 0 : (this.#nodes.get(key)?.data.length ?? 0);
        this.#nodes.delete(key);
      }
    }
    return true;
  }

  /** Unpacks an archive below a folder. */
  unpack(folder: string, entries: readonly TarEntry[]): void {
    for (const entry of entries) {
      const path = cleanPath(`${folder}/${cleanPath(`/${entry.name}`)}`);
      const name = path.slice(path.lastIndexOf("/") + 1);
      if (name.startsWith(".wh.")) {
        this.remove(`${parentOf(path)}/${name.slice(4)}`);
        continue;
      }
      this.makeFolder(parentOf(path), true);
      const node = nodeOf(this, folder, entry);
      const before = this.#nodes.get(this.resolve(path, false));
      if (before !== undefined && (before.type === "directory") !== (node.type === "directory")) {
        this.remove(path);
      }
      this.set(path, node);
    }
  }

  /** Entries of a file or folder, named from its last part on. */
  pack(path: string): TarEntry[] {
    const place = this.resolve(path, false);
    const base = place === "/" ? "" : place.slice(place.lastIndexOf("/") + 1);
    return [...this.#nodes.keys()]
      .filter((key) => key === place || key.startsWith(place === "/" ? "/" : `${place}/`))
      .sort()
      .map((key) => entryFor(base === "" ? key.slice(1) : `${base}${key.slice(place.length)}`, this.#nodes.get(key)))
      .filter((entry) => entry.name !== "" || base !== "");
  }

  /** What differs from the tree that it was made from. */
  changes(): { path: string; kind: 0 | 1 | 2 }[] {
    const changed = new Map<string, 0 | 1 | 2>();
    for (const [path, node] of this.#nodes) {
      const before = this.#base.get(path);
      if (before !== node && path !== "/") {
        changed.set(path, before === undefined ? 1 : 0);
      }
    }
    for (const path of this.#base.keys()) {
      if (!this.#nodes.has(path) && this.#nodes.has(parentOf(path))) {
        changed.set(path, 2);
      }
    }
    for (const path of [...changed.keys()]) {
      for (let parent = parentOf(path); parent !== "/" && !changed.has(parent); parent = parentOf(parent)) {
        changed.set(parent, 0);
      }
    }
    return [...changed]
      .map(([path, kind]) => ({ path, kind }))
      .sort((left, right) => (left.path < right.path ? -1 : 1));
  }

  /** The changes as an archive, removals as `.wh.` files. */
  difference(): TarEntry[] {
    return this.changes().map(({ path, kind }) =>
      kind === 2
        ? entryFor(`${parentOf(path)}/.wh.${path.slice(path.lastIndexOf("/") + 1)}`.replace(/^\/+/, ""), file(EMPTY, 0))
        : entryFor(path.slice(1), this.#nodes.get(path)),
    );
  }
}

export function directory(modified: number, mode = 0o755): FileNode {
  return { type: "directory", mode, uid: 0, gid: 0, modified, target: "", data: EMPTY };
}

export function file(data: Uint8Array, mode: number, modified = Date.now()): FileNode {
  return { type: "file", mode, uid: 0, gid: 0, modified, target: "", data };
}

export function symlink(target: string, modified = Date.now()): FileNode {
  return { type: "symlink", mode: 0o777, uid: 0, gid: 0, modified, target, data: EMPTY };
}

function nodeOf(tree: FileTree, folder: string, entry: TarEntry): FileNode {
  const common = { mode: entry.mode, uid: entry.uid, gid: entry.gid, modified: entry.mtime * 1000 };
  switch (entry.type) {
    case "directory":
      return { ...common, type: "directory", target: "", data: EMPTY };
    case "symlink":
      return { ...common, type: "symlink", target: entry.linkName, data: EMPTY };
    case "link": {
      const data = tree.get(cleanPath(`${folder}/${entry.linkName}`))?.data ?? EMPTY;
      return { ...common, type: "file", target: "", data };
    }
    default:
      return { ...common, type: "file", target: "", data: Uint8Array.from(entry.data) };
  }
}

function entryFor(name: string, node: FileNode | undefined): TarEntry {
  return {
    name,
    type: node?.type ?? "file",
    mode: node?.mode ?? 0o644,
    uid: node?.uid ?? 0,
    gid: node?.gid ?? 0,
    mtime: Math.floor((node?.modified ?? 0) / 1000),
    linkName: node?.target ?? "",
    data: node?.data ?? EMPTY,
  };
}

export function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") {
      parts.pop();
    } else if (part !== "" && part !== ".") {
      parts.push(part);
    }
  }
  return `/${parts.join("/")}`;
}

export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf("/")) || "/";
