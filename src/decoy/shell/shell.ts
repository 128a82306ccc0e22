/**
 * The seam between the imitated engine and the imitated inside of a container.
 *
 * A `Shell` gives each container a session: its files, which last as long as the container does, and the programs that
 * seem to run in it. Nothing is executed, resolved or fetched. The engine part never looks inside a file itself; copying,
 * exporting and comparing go through the session, so that an implementation may keep the files in a worker.
 */
import type { ExecutionObservation } from "../capture/index.ts";

/** What a container is made from, as far as its inside can see it. */
export interface ShellPlace {
  readonly containerId: string;
  /** As the visitor wrote it: `alpine`, `nginx:1.27`. */
  readonly image: string;
  /** `sha256:` and 64 hex digits. */
  readonly imageId: string;
  /** Which base the image has, so that the right commands and files are there. */
  readonly family: ImageFamily;
  /** Layers that a visitor brought (build, import, load, commit), lowest first; on top of the family's own files. */
  readonly layers: readonly ImageLayer[];
  readonly hostname: string;
  /** `NAME=value`, image and container together. */
  readonly env: readonly string[];
  readonly workdir: string;
  /** `""` is root. */
  readonly user: string;
  readonly privileged: boolean;
  /** `host` or another value of `HostConfig.PidMode`, `NetworkMode`. */
  readonly pidMode: string;
  readonly networkMode: string;
  readonly binds: readonly ShellBind[];
  /** Address inside the container's network; empty without one. It may change between two programs. */
  readonly ipAddress: string;
  /** Program of the container with its arguments, as `docker inspect` has them. */
  readonly mainProgram: readonly string[];
  /** Whose container it is: what one visitor runs never keeps another waiting. Empty: it was there from the start. */
  readonly owner: string;
  readonly machine: ShellMachine;
}

/** A path of the host, or a named volume, that is seen inside. Sessions with the same source see the same files. */
export interface ShellBind {
  readonly source:
    | { readonly kind: "host"; readonly path: string }
    | { readonly kind: "volume"; readonly name: string };
  readonly target: string;
  readonly readOnly: boolean;
}

/** The machine that the engine pretends to run on. */
export interface ShellMachine {
  /** Seed of everything that must be the same at every start: a worker derives its own numbers from it. */
  readonly seed: string;
  readonly hostname: string;
  readonly kernel: string;
  readonly kernelVersion: string;
  readonly operatingSystem: string;
  readonly architecture: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  /** Milliseconds since 1970. */
  readonly bootedAt: number;
  readonly cgroupVersion: 1 | 2;
  readonly address: string;
  /** In the machine's `resolv.conf`. */
  readonly resolver: string;
  /** What the site is called. */
  readonly project: string;
  /** Milliseconds since 1970. */
  readonly installedAt: number;
}

export const IMAGE_FAMILIES = ["alpine", "busybox", "debian", "ubuntu", "redhat", "scratch"] as const;
export type ImageFamily = (typeof IMAGE_FAMILIES)[number];

/** A tar archive that lies over what is below it; `.wh.` names remove. */
export interface ImageLayer {
  /** `sha256:` and the digest of the uncompressed tar. */
  readonly diffId: string;
  readonly tar: Uint8Array;
}

/** What a program is given. */
export interface ShellCommand {
  readonly argv: readonly string[];
  /** Further `NAME=value`, over the place's. */
  readonly env: readonly string[];
  /** Empty: the place's. */
  readonly workdir: string;
  readonly user: string;
  readonly privileged: boolean;
  /** With a terminal the program echoes what it reads and ends lines with CR LF; its two outputs are one. */
  readonly tty: { readonly rows: number; readonly columns: number } | undefined;
  /** False: standard input is at its end from the start. */
  readonly openStdin: boolean;
  stdout(bytes: Uint8Array): void;
  stderr(bytes: Uint8Array): void;
}

/** Why a program cannot start, as runc says it: the engine writes the sentence around it. */
export type StartRefusal =
  | "not-found-in-path"
  | "no-such-file"
  | "permission-denied"
  | "no-such-workdir"
  | "no-such-user";

/** A program that seems to run. */
export interface ShellProcess {
  write(bytes: Uint8Array): void;
  /** Standard input ends. */
  end(): void;
  resize(rows: number, columns: number): void;
  /** `TERM`, `KILL`, … What the program does with it is its own affair; `KILL` always ends it. */
  kill(signal: string): void;
  /** Fulfilled with 0 to 255 when it has ended; 128 and the signal's number when a signal ended it. Never rejects. */
  readonly exit: Promise<number>;
  /** What it tried, so far. */
  observations(): readonly ExecutionObservation[];
}

/** `docker cp` reads these fields from the header of the answer. */
export interface PathStat {
  readonly name: string;
  readonly size: number;
  /** As Go's `os.FileMode`: permission bits with the type in the high bits. */
  readonly mode: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly linkTarget: string;
}

/** 0 changed, 1 added, 2 removed. */
export interface FileChange {
  readonly path: string;
  readonly kind: 0 | 1 | 2;
}

export type WriteOutcome = "written" | "no-such-path" | "not-a-directory" | "not-a-tar" | "read-only";

/** One container's inside. */
export interface ShellSession {
  /** Starts a program; a refusal is what runc would have said. */
  run(command: ShellCommand): Promise<ShellProcess | StartRefusal>;
  stat(path: string): Promise<PathStat | undefined>;
  /** The path as a tar, named after its last part. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Unpacks a tar below a directory. */
  write(path: string, tar: Uint8Array): Promise<WriteOutcome>;
  changes(): Promise<readonly FileChange[]>;
  /** The difference to the image as a tar: what commit makes a layer of. */
  difference(): Promise<Uint8Array>;
  /** All files, in the order in which the engine exports them. */
  export(): Promise<Uint8Array>;
  /** Bytes that the container wrote, for `SizeRw`. */
  writtenBytes(): number;
  /** The container is gone. */
  close(): void;
}

/** Makes the insides of containers. */
export interface Shell {
  open(place: ShellPlace): ShellSession;
  /** Ends everything that still runs. */
  close(): Promise<void>;
}
