import type { BuildFacts, DeviceRequestConfig, HostConfig, ImageConfig, MountConfig } from "../../facts/index.ts";
import type { ComposeOptions } from "./compose-options.ts";
import type { Declarations } from "./declarations.ts";
import type { EnvFiles } from "./env-files.ts";
import type { Environment } from "./environment.ts";
import type { PathBase } from "./host-paths.ts";
import type { Sources } from "./lines.ts";
import type { Problems } from "./problems.ts";
import type { MapNode, TreeNode, Written } from "./tree.ts";

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What all services of a file share. */
export interface FileContext {
  readonly options: ComposeOptions;
  readonly sources: Sources;
  readonly environment: Environment;
  readonly envFiles: EnvFiles;
  readonly problems: Problems;
  readonly declarations: Declarations;
  /** Every service of the file, for `service:X`. */
  readonly services: ReadonlyMap<string, MapNode>;
  /** Service by its `container_name`, for `container:X`. */
  readonly containerNames: ReadonlyMap<string, string>;
  /** A version 1 file: no networks, and volumes need no declaration. */
  readonly legacy: boolean;
}

/** A service on its way into the engine's form. */
export class ServiceDraft {
  readonly file: FileContext;
  readonly name: string;
  readonly map: MapNode;
  /** `services.web`. */
  readonly path: string;
  readonly image: Writable<ImageConfig> = {};
  readonly host: Writable<HostConfig> = {};
  readonly binds: string[] = [];
  readonly mounts: MountConfig[] = [];
  /** Container paths of both, cleaned. */
  readonly targets = new Set<string>();
  readonly deviceRequests: DeviceRequestConfig[] = [];
  build: BuildFacts | undefined;
  /** Fields whose value the file does not tell, and why. */
  readonly unresolved = new Map<string, string>();
  /** Offset of the node that set a field. */
  readonly offsets = new Map<string, number>();

  constructor(file: FileContext, name: string, map: MapNode, path: string) {
    this.file = file;
    this.name = name;
    this.map = map;
    this.path = path;
  }

  /** Remembers where a field was written. */
  at(field: string, node: TreeNode): void {
    this.offsets.set(field, node.offset);
  }

  /** Where paths start that are written at a node. */
  baseOf(node: TreeNode): PathBase {
    return { directory: this.file.sources.directoryOf(node.offset), home: this.file.options.home };
  }

  /** Leaves a field unknown. The first reason stands. */
  leaveOpen(field: string, reason: string): void {
    if (!this.unresolved.has(field)) {
      this.unresolved.set(field, reason);
    }
  }

  isOpen(field: string): boolean {
    return this.unresolved.has(field);
  }
}

/** Sets a field, unless there is nothing to set: the engine tells an absent field from an empty one. */
export function put<T extends object, Key extends keyof T>(target: T, key: Key, value: T[Key] | undefined): void {
  if (value !== undefined) {
    target[key] = value as T[Key];
  }
}

/** Reads one key of a service into the draft. */
export type KeyReader = (draft: ServiceDraft, written: Written) => void;
