/** What the imitated engine knows. Everything here is kept over restarts. */
import type { ImageFamily, ImageLayer } from "../shell/index.ts";
import type { JsonRecord } from "./go-json.ts";

export interface HistoryStep {
  readonly created: bigint;
  readonly createdBy: string;
  readonly comment: string;
  readonly emptyLayer: boolean;
  readonly size: number;
  /** Image of this step, when it is on this machine. */
  readonly id: string;
}

export interface Image {
  /** `sha256:` and 64 hex digits. */
  readonly id: string;
  /** `alpine:latest`, familiar names. */
  tags: string[];
  /** `alpine@sha256:…`. */
  digests: string[];
  readonly parent: string;
  readonly comment: string;
  readonly author: string;
  readonly created: bigint;
  /** The container it was committed from. */
  readonly container: string;
  readonly containerConfig: JsonRecord;
  readonly config: JsonRecord;
  readonly dockerVersion: string;
  readonly size: number;
  readonly diffIds: readonly string[];
  /** Oldest first. */
  readonly history: readonly HistoryStep[];
  lastTagged: bigint | undefined;
  readonly family: ImageFamily;
  /** Layers that visitors brought. */
  readonly layers: readonly ImageLayer[];
}

export interface MountPoint {
  readonly type: "bind" | "volume" | "tmpfs";
  /** Volume name; empty for a bind. */
  readonly name: string;
  readonly source: string;
  readonly destination: string;
  readonly driver: string;
  readonly mode: string;
  readonly writable: boolean;
  readonly propagation: string;
}

export interface Endpoint {
  networkId: string;
  ipamConfig: JsonRecord | null;
  links: string[] | null;
  aliases: string[] | null;
  driverOpts: ReadonlyMap<string, string> | null;
  endpointId: string;
  gateway: string;
  ipAddress: string;
  prefixLength: number;
  mac: string;
}

export interface PublishedPort {
  readonly hostIp: string;
  readonly hostPort: string;
}

export type ContainerStatus = "created" | "running" | "paused" | "restarting" | "exited" | "dead" | "removing";

export interface LogEntry {
  readonly time: bigint;
  readonly stream: 1 | 2;
  readonly text: Uint8Array;
}

export interface Container {
  readonly id: string;
  /** Without the slash. */
  name: string;
  readonly created: bigint;
  /** As it was written in the request. */
  readonly image: string;
  readonly imageId: string;
  readonly path: string;
  readonly args: readonly string[];
  readonly config: JsonRecord;
  readonly hostConfig: JsonRecord;
  status: ContainerStatus;
  pid: number;
  exitCode: number;
  error: string;
  startedAt: bigint | undefined;
  finishedAt: bigint | undefined;
  restartCount: number;
  readonly mounts: readonly MountPoint[];
  readonly endpoints: Map<string, Endpoint>;
  sandboxId: string;
  /** By `80/tcp`; null: exposed and not published. */
  ports: Map<string, readonly PublishedPort[] | null>;
  execIds: string[];
  logs: LogEntry[];
  logBytes: number;
  writtenBytes: number;
  /** Which planted workload it is; empty for a visitor's container. */
  readonly bait: string;
  /** The address that created it; empty for what was there from the start. */
  readonly owner: string;
}

export interface Exec {
  readonly id: string;
  readonly containerId: string;
  readonly argv: readonly string[];
  readonly tty: boolean;
  readonly privileged: boolean;
  readonly user: string;
  readonly env: readonly string[];
  readonly workdir: string;
  readonly attachStdin: boolean;
  readonly attachStdout: boolean;
  readonly attachStderr: boolean;
  readonly detachKeys: string;
  started: boolean;
  running: boolean;
  exitCode: number | null;
  pid: number;
  finished: boolean;
}

export interface Network {
  readonly id: string;
  readonly name: string;
  readonly created: bigint;
  readonly driver: string;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly enableIPv6: boolean;
  readonly ipamDriver: string;
  readonly ipamOptions: ReadonlyMap<string, string> | null;
  readonly subnets: readonly JsonRecord[];
  readonly options: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, string>;
  readonly predefined: boolean;
}

export interface Volume {
  readonly name: string;
  readonly driver: string;
  readonly created: bigint;
  readonly labels: ReadonlyMap<string, string> | null;
  readonly options: ReadonlyMap<string, string> | null;
  readonly anonymous: boolean;
  bytes: number;
}

export interface EngineEvent {
  readonly type: "container" | "image" | "network" | "volume" | "daemon" | "plugin";
  readonly action: string;
  readonly id: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly time: bigint;
}
