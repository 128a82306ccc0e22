import { MIB } from "../../base/index.ts";

/** Longest text that is parsed, in UTF-8 bytes. The API server itself takes no object above 3 MiB. */
export const YAML_BYTES_MAX = 10 * MIB;

/**
 * Deepest nesting, counted in collections, before and after aliases are followed. The parser recurses once for each, so
 * the number also keeps its stack small.
 */
export const YAML_DEPTH_MAX = 64;

/**
 * Most nodes of one file once every alias and merge key is written out. A "billion laughs" file is small until then. A
 * file of {@link YAML_BYTES_MAX} with ordinary text has about half of this.
 */
export const YAML_NODES_MAX = 2_000_000;

/** Most documents of one file. */
export const YAML_DOCUMENTS_MAX = 10_000;
