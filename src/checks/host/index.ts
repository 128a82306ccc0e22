import type { DaemonFacts } from "../../facts/index.ts";
import { DAEMON_CHECKS } from "./daemon-checks.ts";
import { FILE_CHECKS, guardedPaths } from "./file-checks.ts";
import type { HostCheck } from "./host-check.ts";
import { MACHINE_CHECKS, watchedPaths } from "./machine-checks.ts";

export type { HostCheck, HostVerdict } from "./host-check.ts";

/** Every check of the daemon, its files and its host. */
export const HOST_CHECKS: readonly HostCheck[] = [...DAEMON_CHECKS, ...FILE_CHECKS, ...MACHINE_CHECKS];

/** Files of the host whose owner and mode the checks ask for. */
export const pathsOfHostChecks = (daemon: DaemonFacts): readonly string[] => [
  ...new Set([...guardedPaths(daemon), ...watchedPaths(daemon)]),
];
