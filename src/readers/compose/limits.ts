import { KIB, MIB } from "../../base/index.ts";

/**
 * Longest Compose file that is parsed, in UTF-8 bytes: ten times the largest we know of. Parsing takes time in
 * proportion to the length, seconds for this much of ordinary YAML and four times that for the worst.
 */
export const COMPOSE_BYTES_MAX = MIB;

/**
 * Deepest nesting, counted in collections, before and after aliases are followed. The Compose specification needs eight
 * levels; the YAML parser recurses once for each, so the number also keeps its stack small.
 */
export const COMPOSE_DEPTH_MAX = 64;

/**
 * Most nodes of the whole document once every alias and merge key is written out. A "billion laughs" file is small
 * until then. A file of {@link COMPOSE_BYTES_MAX} with ordinary services has about a quarter of this.
 */
export const COMPOSE_NODES_MAX = 500_000;

/** Most problems that are listed for one file; one more says that there are others. */
export const COMPOSE_PROBLEMS_MAX = 200;

/** Most ports that one service publishes, ranges written out: as many as there are port numbers. */
export const SERVICE_PORTS_MAX = 65_535;

/** Longest seccomp profile that is taken in, in UTF-16 code units. Docker's own has about 15,000. */
export const SECCOMP_PROFILE_CHARACTERS_MAX = MIB;

/** How much of a text is looked at to tell whether it is a Compose file. */
export const LOOKED_AT_CHARACTERS_MAX = MIB;

/** How much of a value is shown in a message. */
export const SHOWN_CHARACTERS_MAX = 80;

/** Deepest nesting of defaults inside defaults (`${A:-${B:-c}}`). */
export const INTERPOLATION_DEPTH_MAX = 16;

/** Longest value that variables may make, in UTF-16 code units. Linux takes no longer argument or variable. */
export const INTERPOLATED_CHARACTERS_MAX = 128 * KIB;

/** Characters that variables may add to one project in all: a short file can name a long variable many times. */
export const INTERPOLATED_TOTAL_MAX = 16 * MIB;

/** Most files that one project loads, each role counted: twenty times the largest project that we know of. */
export const COMPOSE_FILES_MAX = 400;

/** Most bytes of all files that one project loads. */
export const COMPOSE_PROJECT_BYTES_MAX = 8 * MIB;

/** Longest chain of services of which each extends the next, and of files of which each includes the next. */
export const COMPOSE_CHAIN_MAX = 50;

/** Most YAML documents of one file. Compose merges them. */
export const COMPOSE_DOCUMENTS_MAX = 100;

/** Longest file of variables or labels that is read, in UTF-16 code units. */
export const ENV_FILE_CHARACTERS_MAX = MIB;

/** Most variables and labels that all services of a project take from files. */
export const ENV_ENTRIES_MAX = 200_000;
