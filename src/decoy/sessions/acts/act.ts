import type { Workload } from "../../../facts/index.ts";
import type { VisitRequest } from "../visit.ts";
import type { ArchiveEntry } from "./archive.ts";
import type { DockerfileReading } from "./dockerfile.ts";
import type { Route } from "./routes.ts";

/** A container of the visit: made by the visitor, or one that was there. */
export interface SceneContainer {
  /** `1` for the first that the visitor made; the id or name for one that was there. */
  readonly key: string;
  readonly madeByVisitor: boolean;
  readonly image: string | undefined;
  readonly name: string | undefined;
  /** Changes when an old engine is given the host configuration with the start. */
  workload: Workload | undefined;
  /** The create request, when the visitor made it. */
  readonly request: VisitRequest | undefined;
  /** Files that were copied in, by path. */
  readonly files: Map<string, Buffer>;
}

/** One request and what it means. */
export interface Act extends Route {
  readonly request: VisitRequest;
  /** The parsed JSON body. */
  readonly json: unknown;
  /** The container that it is about. */
  readonly subject: SceneContainer | undefined;
  /** Words of the command: of the container for create, of the exec for create-exec. */
  readonly argv: readonly string[];
  readonly archive: readonly ArchiveEntry[];
  readonly dockerfile: DockerfileReading | undefined;
  /** Account that the request carries in `X-Registry-Auth` or the body of `/auth`. */
  readonly registryAccount: RegistryAccount | undefined;
  /** The engine answered that it did it, or the answer is not known. */
  readonly accepted: boolean;
}

/** Somebody's account at a registry. */
export interface RegistryAccount {
  readonly username?: string;
  readonly password?: string;
  readonly email?: string;
  readonly server?: string;
  readonly token?: string;
}
