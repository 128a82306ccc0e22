/** Ends an engine and takes away everything it made: processes, mounts, control groups, folder. */
import { existsSync } from "node:fs";
import { removeCgroups } from "./cgroups.ts";
import { runOrThrow } from "./command.ts";
import { EngineTestError } from "./engine-test-error.ts";
import { PROCESS_KILL_MS_MAX } from "./limits.ts";
import { unmountAllIn } from "./mounts.ts";
import { followProcessesOf, signal } from "./processes.ts";
import { waitUntil } from "./wait-until.ts";

/**
 * Ends an engine and removes its folder. May be called again, and by two processes at once.
 *
 * SIGKILL from the start: an engine that is asked to stop waits ten seconds for each `sleep`, which as process 1 of its
 * namespace does not hear SIGTERM. Nothing is lost by it, because mounts and sockets are in namespaces that end with
 * their last process.
 */
export async function removeEngine(folder: string): Promise<void> {
  await killProcesses(folder);
  const left = await unmountAllIn(folder);
  if (left.length > 0) {
    // Never delete through a mount: behind it may be anything, a volume may even be a bind of the host's root.
    throw new EngineTestError("MOUNT_LEFT", `still mounted: ${left.join(", ")}; unmount it, then remove ${folder}`);
  }
  removeCgroups(folder);
  if (existsSync(folder)) {
    await runOrThrow("rm", ["-rf", "--one-file-system", folder]);
  }
}

/** Again and again, because a process that is about to die may start another. */
async function killProcesses(folder: string): Promise<void> {
  const remaining = followProcessesOf(folder);
  const gone = await waitUntil(() => {
    const pids = remaining();
    signal(pids, "SIGKILL");
    return pids.length === 0 || undefined;
  }, PROCESS_KILL_MS_MAX);
  if (gone === undefined) {
    throw new EngineTestError(
      "ENGINE_STOP_TIMEOUT",
      `processes ${remaining().join(", ")} of ${folder} do not end: look at them with ps, then remove the folder`,
    );
  }
}
