/** What the kinds that are a root's dockerd have in common. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { capabilitiesMissingHere } from "./capability-bounds.ts";
import { cgroupParentOf } from "./cgroups.ts";
import { runOrThrow } from "./command.ts";
import { writeRuntimeWrapper } from "./runtime-wrapper.ts";

/** The first version that keeps its identity in its data root. */
const KEYLESS_ENGINE_VERSION = 23;

/** Where a root's dockerd in the folder listens. */
export function dockerdSocketPath(folder: string): string {
  return join(folder, "docker.sock");
}

/** The command line of a dockerd that keeps to its folder. */
export async function dockerdCommand(folder: string, extra: readonly string[] = []): Promise<string[]> {
  return [
    "dockerd",
    ...(await dockerdPlaces(folder, dockerdSocketPath(folder))),
    `--cgroup-parent=${cgroupParentOf(folder)}`,
    "--exec-opt=native.cgroupdriver=cgroupfs",
    ...runtimeOptions(folder),
    ...extra,
  ];
}

/** Everything that dockerd would otherwise take from, or put into, a place that belongs to the whole machine. */
export async function dockerdPlaces(folder: string, socketPath: string): Promise<string[]> {
  const configuration = join(folder, "daemon.json");
  writeFileSync(configuration, JSON.stringify(await keyFile(folder)));
  return [
    `--config-file=${configuration}`,
    `--data-root=${join(folder, "data")}`,
    `--exec-root=${join(folder, "exec")}`,
    `--pidfile=${join(folder, "dockerd.pid")}`,
    `--host=unix://${socketPath}`,
    "--bridge=none",
    "--iptables=false",
    "--ip6tables=false",
    // The default, -500, takes CAP_SYS_RESOURCE, which test machines may lack.
    "--oom-score-adjust=0",
  ];
}

/**
 * Engines before 23 write a key to /etc/docker when there is none, and only the configuration file can tell them another
 * place (seen on 20.10.24). Later ones have neither the key nor, in the end, the setting.
 */
async function keyFile(folder: string): Promise<Record<string, string>> {
  const version = /version (\d+)\./.exec(await runOrThrow("dockerd", ["--version"]));
  return Number(version?.[1]) < KEYLESS_ENGINE_VERSION ? { "deprecated-key-path": join(folder, "key.json") } : {};
}

/** On a machine with a full bounding set the engine uses its own runtime. */
function runtimeOptions(folder: string): string[] {
  const missing = capabilitiesMissingHere();
  if (missing.length === 0) {
    return [];
  }
  const wrapper = join(folder, "runc-in-bounds");
  writeRuntimeWrapper(wrapper, missing);
  return [`--add-runtime=in-bounds=${wrapper}`, "--default-runtime=in-bounds"];
}
