import type { Place } from "./place.ts";

/** A value that was looked for: known, known not to be there, or not to be told from here. */
export type Told<Value> = { readonly value: Value; readonly place: Place } | "absent" | "unknown";

/** Owner and mode of a file of the host. */
export interface FileOwner {
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/**
 * What is known of one engine's daemon and the host around it: of the daemon that was talked to, not of whichever else
 * runs there. From a remote engine only its own answers are known.
 */
export interface DaemonFacts {
  readonly kind: "docker" | "podman";
  /** Where the engine was asked; the place of its answers. */
  readonly uri: string;
  readonly rootless: boolean;
  /** Files of the host can be looked at: the engine is on this host, and this is not a container. */
  readonly local: boolean;
  /** GET /info. */
  readonly info: Readonly<Record<string, unknown>>;
  /** GET /version. */
  readonly version: Readonly<Record<string, unknown>>;
  /** Options of the default bridge network, `com.docker.network.bridge.enable_icc` and the like. */
  readonly bridge: Told<Readonly<Record<string, string>>>;
  /** Words of the daemon's command line. */
  readonly commandLine: Told<readonly string[]>;
  /** Its configuration file, parsed. */
  readonly config: Told<Readonly<Record<string, unknown>>>;
  readonly configPath: string;
  readonly socketPath: string | undefined;
  /** Owner and mode by path; asked for before the checks run. */
  readonly files: ReadonlyMap<string, Told<FileOwner>>;
  /** Members of the docker group, its number, and whose numbers are root. */
  readonly dockerGroup: Told<{ readonly gid: number; readonly members: readonly string[] }>;
  /** Rules that auditd loads at boot. */
  readonly auditRules: Told<readonly string[]>;
  /** Mount points of the host. */
  readonly mountPoints: Told<readonly string[]>;
  /** Where systemd's units of the engine lie, by name. */
  readonly units: ReadonlyMap<string, string>;
}
