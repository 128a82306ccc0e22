/** What the decoy asks of a worker, and what comes back: a program as a function of its files and its input. */
import type { ExecutionObservation } from "../capture/index.ts";
import type { FileEdit, FileNode } from "./files.ts";
import type { ShellPlace } from "./shell.ts";

/** Which files a tree begins with. */
export type TreeBase =
  | { readonly kind: "image"; readonly image: string }
  | { readonly kind: "host" }
  | { readonly kind: "empty" };

export interface TreeState {
  readonly base: TreeBase;
  readonly edits: readonly FileEdit[];
  readonly written: number;
}

/** A tree seen below a path of the container. */
export interface MountState {
  readonly target: string;
  /** Index in `trees`. */
  readonly tree: number;
  readonly source: string;
  readonly readOnly: boolean;
}

/** What a shell remembers between two lines. */
export interface ShellMemory {
  readonly cwd: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Definitions of functions as source. */
  readonly functions: string;
  readonly status: number;
}

export interface Job {
  readonly place: Omit<ShellPlace, "layers">;
  /** The first is the container's own. */
  readonly trees: readonly TreeState[];
  readonly mounts: readonly MountState[];
  readonly task:
    | { readonly kind: "program"; readonly argv: readonly string[]; readonly stdin: Uint8Array }
    /** Lines for a shell that goes on; `last`: no more will come, so an incomplete end is an error. */
    | { readonly kind: "lines"; readonly shell: string; readonly text: string; readonly last: boolean };
  readonly memory: ShellMemory;
  readonly user: string;
  readonly privileged: boolean;
  readonly tty: boolean;
  readonly pid: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** True: work takes no time; only a wait that was asked for does. */
  readonly hurried: boolean;
}

/** Something that was printed, milliseconds after the start. */
export interface Printed {
  readonly at: number;
  readonly stream: 1 | 2;
  readonly bytes: Uint8Array;
}

export interface JobResult {
  readonly printed: readonly Printed[];
  /** When the program ends, milliseconds after the start; undefined: not by itself. */
  readonly endsAt: number | undefined;
  readonly status: number;
  /** Edits of each tree of the job. */
  readonly edits: readonly (readonly FileEdit[])[];
  /** All mounts afterwards. */
  readonly mounts: readonly MountState[];
  readonly observations: readonly ExecutionObservation[];
  readonly memory: ShellMemory;
  /** Of lines: the shell itself has ended. */
  readonly exited: boolean;
  /** Of lines: the text does not end a command; nothing was done. */
  readonly incomplete: boolean;
}

/** Bytes from which a file's content goes to a worker as shared memory. */
const SHARED_BYTES_MIN = 64 * 1024;

const shared = new WeakMap<FileNode, FileNode>();

/** The same edits, with large contents in memory that threads share, so that they are copied once. */
export function shareEdits(edits: readonly FileEdit[]): FileEdit[] {
  return edits.map(([path, node]) => {
    if (node === null || node.data.length < SHARED_BYTES_MIN || node.data.buffer instanceof SharedArrayBuffer) {
      return [path, node];
    }
    let copy = shared.get(node);
    if (copy === undefined) {
      const data = new Uint8Array(new SharedArrayBuffer(node.data.length));
      data.set(node.data);
      copy = { ...node, data };
      shared.set(node, copy);
    }
    return [path, copy];
  });
}
