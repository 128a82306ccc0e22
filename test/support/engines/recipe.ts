import type { EngineKind } from "./kinds.ts";

/** What the machine must have before an engine of a kind can start. */
export interface Prerequisites {
  readonly programs: readonly string[];
  readonly files: readonly string[];
}

/** A file or folder that the engine sees in the place of the host's own. Folders below /run are made for it. */
export interface PrivateCopy {
  readonly copy: string;
  readonly original: string;
}

/** How an engine is reached. */
export interface Endpoint {
  /** The unix socket, readable by root. With TLS it is the side door: no certificate is asked for there. */
  readonly socketPath: string;
  /** What belongs into DOCKER_HOST. */
  readonly host: string;
  /** What belongs into DOCKER_CERT_PATH, when the engine wants a client certificate. */
  readonly certPath?: string;
  /** A second client's certificate: another common name and another organisation. */
  readonly otherCertPath?: string;
}

/** How an engine is started. */
export interface EnginePlan {
  readonly socketPath: string;
  /** Program and arguments; they run in private namespaces, see private-host.sh. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly privateCopies: readonly PrivateCopy[];
  /** Opens another way to the engine than its unix socket, once it answers there. */
  readonly open?: (enginePid: number) => Promise<Endpoint>;
}

/** What a test wants of its engine beyond its kind. */
export interface EngineExtras {
  /** More arguments of the engine's command. */
  readonly arguments?: readonly string[];
  /** More places that the engine sees as its own; called with its folder before it starts. */
  readonly privateCopies?: (folder: string) => readonly PrivateCopy[] | Promise<readonly PrivateCopy[]>;
}

/** One kind of engine: what it needs, and how its folder is filled before it starts. */
export interface EngineRecipe {
  readonly kind: EngineKind;
  readonly prerequisites: Prerequisites;
  plan(folder: string): Promise<EnginePlan>;
}
