/**
 * Podman's service, which speaks Docker's API: another engine behind the same routes.
 *
 * It differs from Docker where it shows: capabilities without prefix in inspect, `seccomp=` as a path on the server,
 * image names with `localhost/`.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { capabilitiesMissingHere } from "./capability-bounds.ts";
import type { EnginePlan, EngineRecipe } from "./recipe.ts";
import { writeRuntimeWrapper } from "./runtime-wrapper.ts";

/** What Podman sets both limits to, when it may. */
const PODMAN_LIMIT = 1_048_576;

/** Runs its arguments with writes to /var/lib caught in memory: Podman keeps /var/lib/containers/cache, whatever we configure. */
const WITH_PRIVATE_VAR_LIB = `
set -eu
mkdir -p /run/var-lib/upper /run/var-lib/work
mount -t overlay -o lowerdir=/var/lib,upperdir=/run/var-lib/upper,workdir=/run/var-lib/work sekisho /var/lib
exec "$0" "$@"
`;

export const podman: EngineRecipe = {
  kind: "podman",
  prerequisites: { programs: ["podman", "conmon", "runc"], files: [] },
  plan: planPodman,
};

async function planPodman(folder: string): Promise<EnginePlan> {
  const socketPath = join(folder, "podman.sock");
  const runtime = join(folder, "runc-in-bounds");
  writeRuntimeWrapper(runtime, capabilitiesMissingHere());
  writeFileSync(join(folder, "containers.conf"), containersConfiguration(folder, runtime));
  writeFileSync(join(folder, "storage.conf"), storageConfiguration(folder));
  writeFileSync(join(folder, "registries.conf"), "unqualified-search-registries = []\n");
  writeImagePolicy(folder);
  return {
    socketPath,
    command: ["sh", "-c", WITH_PRIVATE_VAR_LIB, "podman", "system", "service", "--time=0", `unix://${socketPath}`],
    env: {
      HOME: folder,
      CONTAINERS_CONF: join(folder, "containers.conf"),
      CONTAINERS_STORAGE_CONF: join(folder, "storage.conf"),
      CONTAINERS_REGISTRIES_CONF: join(folder, "registries.conf"),
    },
    privateCopies: [],
  };
}

/** runc, because crun refuses the hybrid layout of control groups; locks in files, because those in memory are the host's. */
function containersConfiguration(folder: string, runtime: string): string {
  return `
[containers]
default_ulimits = [${ownLimits().map((limit) => JSON.stringify(limit))}]

[network]
network_backend = "netavark"
network_config_dir = ${JSON.stringify(join(folder, "networks"))}

[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
lock_type = "file"
image_copy_tmp_dir = ${JSON.stringify(folder)}
static_dir = ${JSON.stringify(join(folder, "libpod"))}
tmp_dir = ${JSON.stringify(join(folder, "libpod-run"))}
volume_path = ${JSON.stringify(join(folder, "volumes"))}
runtime = "in-bounds"

[engine.runtimes]
in-bounds = [${JSON.stringify(runtime)}]
`;
}

function storageConfiguration(folder: string): string {
  return `
[storage]
driver = "overlay"
graphroot = ${JSON.stringify(join(folder, "storage"))}
runroot = ${JSON.stringify(join(folder, "storage-run"))}
`;
}

/** The file that says which images to trust; only our own comes here. */
function writeImagePolicy(folder: string): void {
  const configuration = join(folder, ".config/containers");
  mkdirSync(configuration, { recursive: true });
  writeFileSync(join(configuration, "policy.json"), '{ "default": [{ "type": "insecureAcceptAnything" }] }\n');
}

/**
 * Podman raises both limits to 1048576, which takes CAP_SYS_RESOURCE where ours are lower; and it lowers its own number
 * of processes to the kernel's number of pids first (seen on 4.3.1), after which its containers cannot have more.
 */
function ownLimits(): string[] {
  const limits = readFileSync("/proc/self/limits", "utf8");
  const files = hardLimit(limits, /^Max open files +\S+ +(\S+)/m);
  const processes = Math.min(
    hardLimit(limits, /^Max processes +\S+ +(\S+)/m),
    Number(readFileSync("/proc/sys/kernel/pid_max", "utf8")),
  );
  return [`nofile=${files}:${files}`, `nproc=${processes}:${processes}`];
}

function hardLimit(limits: string, line: RegExp): number {
  const hard = Number(line.exec(limits)?.[1]);
  return Number.isNaN(hard) ? PODMAN_LIMIT : hard;
}
