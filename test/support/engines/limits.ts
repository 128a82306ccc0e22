/**
 * Bounds of every wait and buffer of the test engines. The waits are ten to thirty times what a machine with two
 * processors needed (an engine answers after 0.3 to 1.5 s), so that a loaded test machine is no reason to fail.
 */

/** Longest wait for a new engine to answer its first request. */
export const ENGINE_START_MS_MAX = 30_000;

/** Longest wait for killed processes to be gone. */
export const PROCESS_KILL_MS_MAX = 10_000;

/** Longest run of one command: the Docker CLI, openssl, tar. */
export const COMMAND_MS_MAX = 60_000;

/** Pause between two looks at something we wait for. */
export const POLL_PAUSE_MS = 20;

/** Longest single answer to a readiness probe. */
export const PROBE_MS_MAX = 2_000;

/** Output kept of one command. */
export const COMMAND_OUTPUT_BYTES_MAX = 16 * 1024 * 1024;

/** How much of an engine's log an error message repeats: enough for the last ten lines. */
export const LOG_TAIL_CHARACTERS_MAX = 2_000;

/**
 * Longest name of an engine's folder. An address of a unix socket has 108 bytes, and the longest that an engine adds is
 * `/exec/containerd/containerd-debug.sock`.
 */
export const ENGINE_FOLDER_CHARACTERS_MAX = 64;

/** Most engines that `status` and `down` look at. Beyond it something is very wrong with the folder. */
export const ENGINES_MAX = 256;

/** Connections that a relay carries at once; a stress test of the gate uses a few hundred. */
export const RELAY_CONNECTIONS_MAX = 1_024;
