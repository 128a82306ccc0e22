import type { Place } from "./place.ts";

/** What the configuration of an image says; commands as lists of words. */
export interface DescribedImage {
  /** Unique within one audit's input. */
  readonly id: string;
  /** The first tag, else the first digest, else the beginning of the image's id. */
  readonly name: string;
  readonly source: Place;
  /** As written: `""` is root. */
  readonly user: string;
  /** `NAME=value`, in order. */
  readonly env: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly healthcheck: readonly string[];
  /** Instructions that a build from this image runs. */
  readonly onBuild: readonly string[];
  /** Paths in the container. */
  readonly volumes: readonly string[];
  /** `22/tcp`. */
  readonly exposedPorts: readonly string[];
}
