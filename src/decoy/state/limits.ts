import { KIB, MIB } from "../../base/index.ts";

/** Containers that visitors may create; then the disk is full. */
export const CONTAINERS_MAX = 1000;

/** Containers of one source. */
export const CONTAINERS_PER_SOURCE_MAX = 400;

/** Images that visitors may bring. */
export const IMAGES_MAX = 500;

/** Bytes of layers that visitors may bring, over all images. */
export const LAYERS_BYTES_MAX = 64 * MIB;

export const NETWORKS_MAX = 30;
export const VOLUMES_MAX = 500;

/** Execs of one container that are remembered; dockerd forgets finished ones, too. */
export const EXECS_PER_CONTAINER_MAX = 64;

/** Output of a container that is kept. */
export const LOG_BYTES_MAX = 128 * KIB;

/** dockerd's `eventsLimit`. */
export const EVENTS_MAX = 256;

/** One message of a log driver: dockerd cuts lines at this length. */
export const LOG_LINE_BYTES_MAX = 16 * KIB;

/** Streams (attach, logs, events, stats, wait) that may be open at one time, over all visitors. */
export const STREAMS_MAX = 4000;

/** Time between two writings of the state, milliseconds. */
export const SAVE_EVERY_MS = 500;
