/** The files of a world as the interpreter wants them. Every refusal is a POSIX error in Node's words. */
import type { BufferEncoding, CpOptions, FileContent, FsStat, IFileSystem, MkdirOptions, RmOptions } from "just-bash";
import { cleanPath, directory, type FileNode, file, parentOf, symlink } from "../files.ts";
import type { World } from "../world.ts";

/** Folders in which the interpreter looks for its own commands. */
const COMMAND_FOLDER = /^\/(?:usr\/)?bin\/([^/]+)$/;

/** Entries that one copy or removal goes through. */
const ENTRIES_MAX = 20_000;

export class PosixError extends Error {
  readonly code: string;

  constructor(code: keyof typeof REASONS, operation: string, path: string) {
    super(`${code}: ${REASONS[code]}, ${operation} '${path}'`);
    this.code = code;
  }
}

const REASONS = {
  ENOENT: "no such file or directory",
  EEXIST: "file already exists",
  ENOTDIR: "not a directory",
  EISDIR: "illegal operation on a directory",
  ENOTEMPTY: "directory not empty",
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  EROFS: "read-only file system",
  ENOSPC: "no space left on device",
  EINVAL: "invalid argument",
} as const;

export interface Watcher {
  wrote(path: string): void;
  /** A redirection could not make its file. False: a command wants to hear of it itself. */
  refused(path: string, error: PosixError): boolean;
}

export class WorldFiles implements IFileSystem {
  readonly world: World;
  /** Where `/` is: changed by `chroot` while its program runs. */
  root = "/";
  readonly uid: number;
  readonly #watcher: Watcher;
  /** Commands of the interpreter and ours: found in its own folder wherever the image has them. */
  readonly #isCommand: (name: string) => boolean;
  /** Folders of the search path. */
  readonly path: () => readonly string[];

  constructor(options: {
    world: World;
    uid: number;
    watcher: Watcher;
    isCommand: (name: string) => boolean;
    path: () => readonly string[];
  }) {
    this.world = options.world;
    this.uid = options.uid;
    this.#watcher = options.watcher;
    this.#isCommand = options.isCommand;
    this.path = options.path;
  }

  /** The node; undefined: nothing there. */
  node(path: string, follow = true): FileNode | undefined {
    return this.world.get(path, follow, this.root);
  }

  names(path: string): string[] {
    return this.world.list(path, this.root);
  }

  /** Where a program is on the search path; undefined: nowhere. */
  programPath(name: string): string | undefined {
    if (name.includes("/")) {
      return this.node(name)?.type === "file" ? name : undefined;
    }
    return this.path()
      .map((folder) => `${folder}/${name}`)
      .find((path) => {
        const node = this.node(path);
        return node?.type === "file" && (node.mode & 0o111) !== 0;
      });
  }

  /** A command of ours that the interpreter looks for in its own folder although the image has it elsewhere. */
  #shadow(path: string): string | undefined {
    const [, name] = COMMAND_FOLDER.exec(path) ?? [];
    return name === undefined || !this.#isCommand(name) || this.node(path) !== undefined
      ? undefined
      : this.programPath(name);
  }

  #existing(path: string, operation: string, follow = true): FileNode {
    const node = this.node(path, follow) ?? this.#shadowNode(path);
    if (node === undefined) {
      throw new PosixError("ENOENT", operation, path);
    }
    return node;
  }

  #shadowNode(path: string): FileNode | undefined {
    if (INTERNAL.test(path)) {
      return file(new Uint8Array(), 0o755, 0);
    }
    const shadow = this.#shadow(path);
    return shadow === undefined ? undefined : this.node(shadow);
  }

  #may(node: FileNode, bit: 4 | 2 | 1): boolean {
    if (this.uid === 0) {
      return true;
    }
    const shift = node.uid === this.uid ? 6 : node.gid === this.uid ? 3 : 0;
    return ((node.mode >> shift) & bit) !== 0;
  }

  /** Checks that a name in a folder may come, go or change. */
  #checkFolder(path: string, operation: string): void {
    const parent = this.node(parentOf(path));
    if (parent === undefined) {
      throw new PosixError("ENOENT", operation, path);
    }
    if (parent.type !== "directory") {
      throw new PosixError("ENOTDIR", operation, path);
    }
    if (!this.#may(parent, 2)) {
      throw new PosixError("EACCES", operation, path);
    }
    if (parent.attributes?.includes("i") === true) {
      throw new PosixError("EPERM", operation, path);
    }
  }

  /** Puts a node at a path. */
  put(path: string, node: FileNode, operation: string): void {
    const place = this.world.resolve(path, node.type !== "symlink", this.root);
    const found = this.world.find(place);
    const before = found.tree.peek(found.path);
    if (found.readOnly || place.startsWith("/sys/") || place.startsWith("/proc/")) {
      throw new PosixError("EROFS", operation, path);
    }
    if (before?.attributes?.includes("i") === true) {
      throw new PosixError("EPERM", operation, path);
    }
    if (before === undefined) {
      this.#checkFolder(path, operation);
    } else if (!this.#may(before, 2)) {
      throw new PosixError("EACCES", operation, path);
    }
    if (!found.tree.place(found.path, node)) {
      throw new PosixError("ENOSPC", operation, path);
    }
  }

  async readFile(path: string, options?: { encoding?: BufferEncoding | null } | BufferEncoding): Promise<string> {
    const bytes = await this.readFileBuffer(path);
    // The interpreter reads programs this way: one that is no script becomes one that calls us.
    if (options === undefined && bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c) {
      return `/usr/bin/__binary '${path.replaceAll("'", "'\\''")}' "$@"\n`;
    }
    const wanted = typeof options === "string" ? options : options?.encoding;
    return Buffer.from(bytes).toString(wanted === "utf-8" || wanted === null ? "utf8" : (wanted ?? "utf8"));
  }

  async readFileBuffer(path: string): Promise<Uint8Array> {
    const node = this.#existing(path, "open");
    if (node.type === "directory") {
      throw new PosixError("EISDIR", "read", path);
    }
    if (!this.#may(node, 4)) {
      throw new PosixError("EACCES", "open", path);
    }
    return Uint8Array.from(node.data);
  }

  async writeFile(
    path: string,
    content: FileContent,
    options?: { encoding?: BufferEncoding } | BufferEncoding,
  ): Promise<void> {
    this.#tolerate(path, () => this.#write(path, content, options));
  }

  /** The interpreter takes no refusal of a redirection; it is told by whoever watches. */
  #tolerate(path: string, write: () => void): void {
    try {
      write();
    } catch (error) {
      if (!(error instanceof PosixError) || !this.#watcher.refused(path, error)) {
        throw error;
      }
    }
  }

  #write(path: string, content: FileContent, options?: { encoding?: BufferEncoding } | BufferEncoding): void {
    if (path === "/dev/null") {
      return;
    }
    const before = this.node(path);
    if (before?.type === "directory") {
      throw new PosixError("EISDIR", "open", path);
    }
    if (before?.attributes?.includes("a") === true) {
      throw new PosixError("EPERM", "open", path);
    }
    this.#store(path, bytesOf(content, options), before);
  }

  async appendFile(
    path: string,
    content: FileContent,
    options?: { encoding?: BufferEncoding } | BufferEncoding,
  ): Promise<void> {
    this.#tolerate(path, () => this.#append(path, content, options));
  }

  #append(path: string, content: FileContent, options?: { encoding?: BufferEncoding } | BufferEncoding): void {
    if (path === "/dev/null") {
      return;
    }
    const before = this.node(path);
    if (before?.type === "directory") {
      throw new PosixError("EISDIR", "open", path);
    }
    this.#store(path, Buffer.concat([before?.data ?? new Uint8Array(), bytesOf(content, options)]), before);
  }

  #store(path: string, data: Uint8Array, before: FileNode | undefined): void {
    if (this.world.isGenerated(this.world.resolve(path, true, this.root)) && before !== undefined) {
      const place = this.world.resolve(path, true, this.root);
      if (place.includes("/proc/") || place.includes("/sys/")) {
        return; // the kernel takes it and says nothing
      }
    }
    const node = file(Uint8Array.from(data), before?.mode ?? 0o644);
    this.put(
      path,
      {
        ...node,
        uid: before?.uid ?? this.uid,
        gid: before?.gid ?? this.uid,
        ...(before?.attributes !== undefined && { attributes: before.attributes }),
      },
      "open",
    );
    this.#watcher.wrote(this.world.resolve(path, true, this.root));
  }

  async exists(path: string): Promise<boolean> {
    return path === "/usr/bin" || this.node(path) !== undefined || this.#shadowNode(path) !== undefined;
  }

  async stat(path: string): Promise<FsStat> {
    return statOf(this.#existing(path, "stat"));
  }

  async lstat(path: string): Promise<FsStat> {
    return statOf(this.#existing(path, "lstat", false));
  }

  async mkdir(path: string, options?: MkdirOptions): Promise<void> {
    const node = this.node(path);
    if (node !== undefined) {
      if (node.type === "directory" && options?.recursive === true) {
        return;
      }
      throw new PosixError("EEXIST", "mkdir", path);
    }
    if (options?.recursive === true && this.node(parentOf(path)) === undefined) {
      await this.mkdir(parentOf(path), options);
    }
    this.put(path, { ...directory(Date.now()), uid: this.uid, gid: this.uid }, "mkdir");
  }

  async readdir(path: string): Promise<string[]> {
    const node = this.#existing(path, "scandir");
    if (node.type !== "directory") {
      throw new PosixError("ENOTDIR", "scandir", path);
    }
    if (!this.#may(node, 4)) {
      throw new PosixError("EACCES", "scandir", path);
    }
    return this.names(path);
  }

  async rm(path: string, options?: RmOptions): Promise<void> {
    const node = this.node(path, false);
    if (node === undefined) {
      if (options?.force === true) {
        return;
      }
      throw new PosixError("ENOENT", "rm", path);
    }
    if (node.type === "directory" && options?.recursive !== true && this.names(path).length > 0) {
      throw new PosixError("ENOTEMPTY", "rm", path);
    }
    const found = this.world.find(this.world.resolve(path, false, this.root));
    if (found.readOnly) {
      throw new PosixError("EROFS", "rm", path);
    }
    if (node.attributes !== undefined && node.attributes !== "") {
      throw new PosixError("EPERM", "rm", path);
    }
    this.#checkFolder(path, "rm");
    if (!found.tree.remove(found.path)) {
      throw new PosixError("EPERM", "rm", path);
    }
  }

  async cp(source: string, target: string, options?: CpOptions): Promise<void> {
    let left = ENTRIES_MAX;
    const copy = (from: string, to: string): void => {
      left -= 1;
      const node = this.#existing(from, "cp", from !== source);
      if (left < 0) {
        throw new PosixError("ENOSPC", "cp", to);
      }
      if (node.type !== "directory") {
        const { attributes: _, ...plain } = node;
        this.put(to, { ...plain, modified: Date.now(), uid: this.uid, gid: this.uid }, "cp");
        this.#watcher.wrote(this.world.resolve(to, true, this.root));
        return;
      }
      if (options?.recursive !== true) {
        throw new PosixError("EISDIR", "cp", from);
      }
      if (this.node(to)?.type !== "directory") {
        this.put(to, { ...node, modified: Date.now() }, "cp");
      }
      for (const name of this.names(from)) {
        copy(`${from}/${name}`, `${to}/${name}`);
      }
    };
    copy(cleanPath(source), cleanPath(target));
  }

  async mv(source: string, target: string): Promise<void> {
    this.#existing(source, "rename", false);
    if (this.node(source, false)?.attributes !== undefined) {
      throw new PosixError("EPERM", "rename", source);
    }
    const before = this.node(target, false);
    if (before !== undefined && before.type !== "directory") {
      await this.rm(target);
    }
    await this.cp(source, target, { recursive: true });
    await this.rm(source, { recursive: true });
  }

  resolvePath(base: string, path: string): string {
    return cleanPath(path.startsWith("/") ? path : `${base}/${path}`);
  }

  getAllPaths(): string[] {
    return [];
  }

  async chmod(path: string, mode: number): Promise<void> {
    this.change(path, (node) => ({ ...node, mode: mode & 0o7777 }), "chmod");
  }

  /** Replaces a node by one that differs in what is said about it. */
  change(path: string, made: (node: FileNode) => FileNode, operation: string): void {
    const node = this.#existing(path, operation);
    const found = this.world.find(this.world.resolve(path, true, this.root));
    if (found.readOnly) {
      throw new PosixError("EROFS", operation, path);
    }
    if (
      (this.uid !== 0 && node.uid !== this.uid) ||
      (node.attributes?.includes("i") === true && operation !== "chattr")
    ) {
      throw new PosixError("EPERM", operation, path);
    }
    if (found.tree.peek(found.path) !== undefined) {
      found.tree.place(found.path, made(node));
    }
  }

  async symlink(target: string, linkPath: string): Promise<void> {
    if (this.node(linkPath, false) !== undefined) {
      throw new PosixError("EEXIST", "symlink", linkPath);
    }
    this.put(linkPath, symlink(target), "symlink");
  }

  async link(existingPath: string, newPath: string): Promise<void> {
    const node = this.#existing(existingPath, "link");
    if (this.node(newPath, false) !== undefined) {
      throw new PosixError("EEXIST", "link", newPath);
    }
    this.put(newPath, node, "link");
  }

  async readlink(path: string): Promise<string> {
    const node = this.#existing(path, "readlink", false);
    if (node.type !== "symlink") {
      throw new PosixError("EINVAL", "readlink", path);
    }
    return node.target;
  }

  async realpath(path: string): Promise<string> {
    this.#existing(path, "realpath");
    const place = this.world.resolve(path, true, this.root);
    return this.root === "/" ? place : place.slice(this.root.length) || "/";
  }

  async utimes(path: string, _atime: Date, mtime: Date): Promise<void> {
    this.change(path, (node) => ({ ...node, modified: mtime.getTime() }), "utime");
  }
}

/** Helpers of ours that scripts are made to call. */
const INTERNAL = /^\/usr\/bin\/__\w+$/;

function bytesOf(
  content: FileContent,
  options: { encoding?: BufferEncoding } | BufferEncoding | undefined,
): Uint8Array {
  if (typeof content !== "string") {
    return content;
  }
  const encoding = typeof options === "string" ? options : options?.encoding;
  return Buffer.from(
    content,
    encoding === "binary" || encoding === "latin1" ? "latin1" : encoding === "utf-8" ? "utf8" : (encoding ?? "utf8"),
  );
}

function statOf(node: FileNode): FsStat {
  return {
    isFile: node.type === "file",
    isDirectory: node.type === "directory",
    isSymbolicLink: node.type === "symlink",
    mode: node.mode,
    size: node.type === "directory" ? 4096 : node.type === "symlink" ? node.target.length : node.data.length,
    mtime: new Date(node.modified),
  };
}
