export type { ComposeFile, ComposeOptions } from "./compose-options.ts";
export { COMPOSE_BYTES_MAX, COMPOSE_DEPTH_MAX, COMPOSE_NODES_MAX, COMPOSE_PROBLEMS_MAX } from "./limits.ts";
export { looksLikeCompose } from "./looks-like.ts";
export { readCompose, readComposeProject } from "./read-compose.ts";
