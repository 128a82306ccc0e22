/** Whose command line it is. */
export type Tool = "docker" | "podman";

/** The commands that make a container. */
export type Verb = "run" | "create";
