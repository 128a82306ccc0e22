/** The inside of containers: files in memory, and programs that run in threads which cannot reach anything. */

import { baseFiles } from "./base-files.ts";
import { baseOf } from "./base-trees.ts";
import { cleanPath, type FileNode, FileTree } from "./files.ts";
import { hostFiles } from "./host-files.ts";
import { type Job, type JobResult, type MountState, shareEdits, type TreeBase, type TreeState } from "./job.ts";
import { type JobFailure, WorkerPool } from "./pool.ts";
import { Program } from "./program.ts";
import { isServer } from "./programs.ts";
import type {
  FileChange,
  PathStat,
  Shell,
  ShellCommand,
  ShellMachine,
  ShellPlace,
  ShellProcess,
  ShellSession,
  StartRefusal,
  WriteOutcome,
} from "./shell.ts";
import { readTar, writeTar } from "./tar.ts";
import { type Mount, World } from "./world.ts";

export interface SandboxedShellOptions {
  /** True: work takes no time, only waits that a visitor asks for do. For tests. */
  readonly hurried: boolean;
}

/** Volumes whose files are kept. */
export const VOLUME_TREES_MAX = 1000;

export class SandboxedShell implements Shell {
  readonly #sessions = new Set<Session>();
  readonly #shared: SharedTrees = new SharedTrees();
  readonly #pool = new WorkerPool();
  readonly #options: SandboxedShellOptions;

  constructor(options: SandboxedShellOptions) {
    this.#options = options;
  }

  open(place: ShellPlace): ShellSession {
    const session = new Session(place, this.#shared, this.#pool, this.#options.hurried, () =>
      this.#sessions.delete(session),
    );
    this.#sessions.add(session);
    return session;
  }

  async close(): Promise<void> {
    for (const session of this.#sessions) {
      session.close();
    }
    await this.#pool.close();
  }
}

/** Trees that containers of one installation share. */
class SharedTrees {
  readonly #volumes = new Map<string, FileTree>();
  #host: FileTree | undefined;

  host(machine: ShellMachine): FileTree {
    this.#host ??= new FileTree(hostFiles(machine));
    return this.#host;
  }

  volume(name: string): FileTree {
    let tree = this.#volumes.get(name);
    if (tree === undefined) {
      tree = new FileTree(new Map());
      if (this.#volumes.size >= VOLUME_TREES_MAX) {
        this.#volumes.delete(this.#volumes.keys().next().value ?? "");
      }
      this.#volumes.set(name, tree);
    }
    return tree;
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
  readonly #place: ShellPlace;
  readonly #world: World;
  readonly #base: ReadonlyMap<string, FileNode>;
  readonly #pool: WorkerPool;
  readonly #hurried: boolean;
  readonly #closed: () => void;
  readonly #processes = new Set<ShellProcess>();

  constructor(place: ShellPlace, shared: SharedTrees, pool: WorkerPool, hurried: boolean, closed: () => void) {
    this.#place = place;
    this.#base = imageFiles(place);
    this.#pool = pool;
    this.#hurried = hurried;
    this.#closed = closed;
    const host = shared.host(place.machine);
    const mounts: Mount[] = place.binds.map(({ source, target, readOnly }) => ({
      target: cleanPath(target),
      tree: source.kind === "host" ? host : shared.volume(source.name),
      source: source.kind === "host" ? cleanPath(source.path) : "/",
      readOnly,
    }));
    for (const { tree, source } of mounts) {
      tree.makeFolder(source, true);
    }
    this.#world = new World(place, new FileTree(this.#base), host, mounts);
    for (const { target } of mounts) {
      this.#world.own.makeFolder(target, true);
    }
  }

  async run(command: ShellCommand): Promise<ShellProcess | StartRefusal> {
    const variables: Record<string, string> = {};
    for (const variable of [...this.#place.env, ...command.env]) {
      const equals = variable.indexOf("=");
      if (equals > 0) {
        variables[variable.slice(0, equals)] = variable.slice(equals + 1);
      }
    }
    const workdir = cleanPath(command.workdir || this.#place.workdir);
    const refusal = this.#refusal(command.argv[0] ?? "", workdir, variables["PATH"] ?? "");
    if (refusal !== undefined) {
      return refusal;
    }
    this.#world.own.makeFolder(workdir, true);
    const { layers: _, ...place } = this.#place;
    const program = new Program(
      { place, hurried: this.#hurried, run: (make) => this.#work(make) },
      command,
      { ...variables, PWD: workdir },
      workdir,
    );
    this.#processes.add(program);
    void program.exit.then(() => this.#processes.delete(program));
    return program;
  }

  /** Why the program cannot start; undefined: it can. */
  #refusal(name: string, workdir: string, path: string): StartRefusal | undefined {
    if (isServer(name)) {
      return undefined;
    }
    if (name.includes("/")) {
      const node = this.#world.get(name.startsWith("/") ? name : `${workdir}/${name}`);
      if (node === undefined) {
        return "no-such-file";
      }
      return node.type === "directory" || (node.mode & 0o111) === 0 ? "permission-denied" : undefined;
    }
    const there = path.split(":").some((folder) => {
      const node = this.#world.get(`${folder}/${name}`);
      return node?.type === "file" && (node.mode & 0o111) !== 0;
    });
    return there ? undefined : "not-found-in-path";
  }

  /** Runs a job on the files as they are when its turn comes, and keeps what it did to them. */
  async #work(make: (trees: Pick<Job, "trees" | "mounts" | "place">) => Job): Promise<JobResult | JobFailure> {
    let trees: readonly FileTree[] = [];
    const result = await this.#pool.run(this.#place.owner || this.#place.containerId, () => {
      const { own, host, mounts } = this.#world;
      trees = [...new Set([own, host, ...mounts.map(({ tree }) => tree)])];
      const { layers: _, ...place } = this.#place;
      return make({
        place,
        trees: trees.map((tree) => this.#stateOf(tree)),
        mounts: mounts.map((mount) => ({ ...mountState(mount), tree: trees.indexOf(mount.tree) })),
      });
    });
    if (typeof result === "object") {
      for (const [index, edits] of result.edits.entries()) {
        trees[index]?.apply(edits);
      }
      this.#world.setMounts(
        result.mounts.flatMap((mount) => {
          const tree = trees[mount.tree];
          return tree === undefined ? [] : [{ ...mount, tree }];
        }),
      );
    }
    return result;
  }

  #stateOf(tree: FileTree): TreeState {
    const { own, host, place } = this.#world;
    const base: TreeBase =
      tree === own ? { kind: "image", image: place.family } : tree === host ? { kind: "host" } : { kind: "empty" };
    return { base, edits: shareEdits(tree.editsFrom(baseOf(base, place))), written: tree.written };
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
    const found = this.#world.find(this.#world.resolve(path, false));
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
    const found = this.#world.find(this.#world.resolve(path, true));
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

const mountState = ({ target, source, readOnly }: Mount): Omit<MountState, "tree"> => ({ target, source, readOnly });
