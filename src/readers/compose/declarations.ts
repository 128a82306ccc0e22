import type { VolumeFacts } from "../../facts/index.ts";
import type { ReadText } from "./variables.ts";

/** What a file declares beside its services, for the services that name it. */
export interface Declarations {
  /** By the key that services use. */
  readonly volumes: ReadonlyMap<string, DeclaredVolume>;
  readonly networks: ReadonlyMap<string, DeclaredNetwork>;
  readonly secrets: ReadonlyMap<string, DeclaredFile>;
  readonly configs: ReadonlyMap<string, DeclaredFile>;
  /** Network of a service that names none; `undefined` in a version 1 file, which uses the engine's own. */
  readonly defaultNetwork: DeclaredNetwork | undefined;
}

export interface DeclaredVolume {
  /** The name in the engine's form of a mount. */
  readonly name: string;
  readonly offset: number;
  /** Absent when the file does not tell (external, a variable); `reason` says why. */
  readonly facts?: VolumeFacts;
  readonly reason?: string;
}

export interface DeclaredNetwork {
  readonly name: string;
  readonly reason?: string;
}

/** A secret or a config. */
export interface DeclaredFile {
  /** Host file that Compose binds into the container; absent when the content comes from elsewhere. */
  readonly file?: ReadText;
  readonly external: boolean;
}
