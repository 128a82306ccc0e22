/** A small shell inside this process: enough for programs that print, wait and end, and for files that come and go. */

import { baseFiles } from "./base-files.ts";
import { startProgram } from "./builtin/program.ts";
import { SharedTrees, World } from "./builtin/world.ts";
import { cleanPath, type FileNode, FileTree } from "./files.ts";
import type {
  FileChange,
  PathStat,
  Shell,
  ShellCommand,
  ShellPlace,
  ShellProcess,
  ShellSession,
  StartRefusal,
  WriteOutcome,
} from "./shell.ts";
import { readTar, writeTar } from "./tar.ts";

export class BuiltinShell implements Shell {
  readonly #shared = new SharedTrees();
  readonly #sessions = new Set<Session>();

  open(place: ShellPlace): ShellSession {
    const session = new Session(new World(place, imageFiles(place), this.#shared), () =>
      this.#sessions.delete(session),
    );
    this.#sessions.add(session);
    return session;
  }

  async close(): Promise<void> {
    for (const session of this.#sessions) {
      session.close();
    }
  }
}

/** Trees of images, so that containers of one image share their files. */
const imageTrees = new Map<string, ReadonlyMap<string, FileNode>>();

/** Images whose files stay unpacked. */
const IMAGE_TREES_MAX = 50;

function imageFiles(place: ShellPlace): ReadonlyMap<string, FileNode> {
  if (place.layers.length === 0) {
    return baseFiles(place.family);
  }
  const key = `${place.family} ${place.layers.map((layer) => layer.diffId).join(" ")}`;
  let nodes = imageTrees.get(key);
  if (nodes === undefined) {
    const tree = new FileTree(baseFiles(place.family));
    for (const layer of place.layers) {
      tree.unpack("/", readTar(layer.tar) ?? []);
    }
    nodes = tree.nodes();
    if (imageTrees.size >= IMAGE_TREES_MAX) {
      imageTrees.clear();
    }
    imageTrees.set(key, nodes);
  }
  return nodes;
}

class Session implements ShellSession {
  readonly #world: World;
  readonly #closed: () => void;
  readonly #processes = new Set<ShellProcess>();

  constructor(world: World, closed: () => void) {
    this.#world = world;
    this.#closed = closed;
  }

  async run(command: ShellCommand): Promise<ShellProcess | StartRefusal> {
    const started = startProgram(this.#world, command);
    if (typeof started !== "string") {
      this.#processes.add(started);
      void started.exit.then(() => this.#processes.delete(started));
    }
    return started;
  }

  async stat(path: string): Promise<PathStat | undefined> {
    const node = this.#world.get(path, false);
    if (node === undefined) {
      return undefined;
    }
    const clean = cleanPath(path);
    return {
      name: clean === "/" ? "/" : clean.slice(clean.lastIndexOf("/") + 1),
      size: node.type === "directory" ? 4096 : node.type === "symlink" ? node.target.length : node.data.length,
      mode: (node.mode & 0o777) + (node.type === "directory" ? 2 ** 31 : node.type === "symlink" ? 2 ** 27 : 0),
      modified: node.modified,
      linkTarget: node.type === "symlink" ? node.target : "",
    };
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    const found = this.#world.find(path);
    return this.#world.get(path, false) === undefined ? undefined : writeTar(found.tree.pack(found.path));
  }

  async write(path: string, tar: Uint8Array): Promise<WriteOutcome> {
    const node = this.#world.get(path);
    if (node === undefined) {
      return "no-such-path";
    }
    if (node.type !== "directory") {
      return "not-a-directory";
    }
    const found = this.#world.find(path);
    if (found.readOnly) {
      return "read-only";
    }
    const entries = readTar(tar);
    if (entries === undefined) {
      return "not-a-tar";
    }
    found.tree.unpack(found.tree.resolve(found.path, true), entries);
    return "written";
  }

  async changes(): Promise<readonly FileChange[]> {
    return this.#world.own.changes();
  }

  async difference(): Promise<Uint8Array> {
    return writeTar(this.#world.own.difference());
  }

  async export(): Promise<Uint8Array> {
    return writeTar(this.#world.own.pack("/"));
  }

  writtenBytes(): number {
    return this.#world.own.written;
  }

  close(): void {
    for (const process of this.#processes) {
      process.kill("KILL");
    }
    this.#closed();
  }
}
