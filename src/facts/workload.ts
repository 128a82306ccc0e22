import type { ContainerConfig } from "./config.ts";
import type { Place } from "./place.ts";
import type { PodMembership } from "./pod.ts";

/** What kind of thing is examined. */
export type WorkloadKind = "container" | "service" | "pod" | "image" | "create-request" | "run-line";

/**
 * The thing examined, as a reader hands it over: a configuration, the place of every field, and what the reader could
 * see around it. Pure data and pure functions; nothing in it reads a file or an engine.
 */
export interface Workload {
  /** Stable within one audit, for example `compose.yaml#web`. */
  readonly id: string;
  readonly kind: WorkloadKind;
  /** As the user knows it. */
  readonly name: string;
  /** Where the workload begins. */
  readonly source: Place;
  readonly config: ContainerConfig;
  /**
   * The place of a field of {@link config}, named as the Engine API does: `Config.User`, `HostConfig.Privileged`,
   * `HostConfig.Binds[2]`, `HostConfig.Mounts[0].Source`. A field that is not written gives the place where it belongs
   * (the workload's own). Never throws.
   */
  readonly where: (field: string) => Place;
  /** Fields whose value the input does not tell (a variable, a later merge), and the reason in English and Japanese. */
  readonly unresolved: ReadonlyMap<string, string>;
  readonly surroundings: Surroundings;
}

/** What a reader knows about the objects that a configuration names. Everything is optional: absent is unknown. */
export interface Surroundings {
  /** Named volumes: driver and options as `docker volume inspect` gives them. A volume not listed is unknown. */
  readonly volumes?: ReadonlyMap<string, VolumeFacts>;
  /** Other containers, by id and by name, for `container:X` and `VolumesFrom`. */
  readonly containers?: ReadonlyMap<string, Workload>;
  readonly image?: ImageFacts;
  /** The pod around a container of Kubernetes. */
  readonly pod?: PodMembership;
  /** Host paths of the mounts as the engine resolved them (`Mounts` of an inspect document). */
  readonly resolvedMounts?: readonly ResolvedMount[];
  /** Symbolic links of the host, already followed: bind source to real path. */
  readonly realPaths?: ReadonlyMap<string, string>;
  /** What the engine says it applied: `AppArmorProfile` of an inspect document. */
  readonly appArmorProfile?: string;
  /** The image is built with rights on the host that builds it; absent: without, or nothing is known of its build. */
  readonly build?: BuildFacts;
  /** SELinux process label (`ProcessLabel`) of an inspect document. */
  readonly processLabel?: string;
}

/** Rights that a build asks for. */
export interface BuildFacts {
  /** The first field that asks, for example `build.privileged`. */
  readonly field: string;
}

/** A named volume. */
export interface VolumeFacts {
  readonly name: string;
  readonly driver: string;
  readonly mountpoint?: string;
  readonly options: Readonly<Record<string, string>>;
}

/** What is known of an image. */
export interface ImageFacts {
  readonly user?: string;
  readonly volumes?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
}

/** One entry of `Mounts` in an inspect document. */
export interface ResolvedMount {
  readonly type: string;
  readonly name?: string;
  readonly source: string;
  readonly destination: string;
  readonly readWrite: boolean;
  readonly propagation: string;
}
