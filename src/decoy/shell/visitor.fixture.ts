/** A container to try programs in, without an engine around it. */
import { SandboxedShell } from "./sandboxed-shell.ts";
import type { ImageFamily, ShellMachine, ShellPlace, ShellSession } from "./shell.ts";

export const MACHINE: ShellMachine = {
  seed: "seed of the tests",
  hostname: "web-07-fra",
  kernel: "6.1.0-18-amd64",
  kernelVersion: "#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)",
  operatingSystem: "Debian GNU/Linux 12 (bookworm)",
  architecture: "x86_64",
  cpus: 4,
  memoryBytes: 8_261_672_960,
  bootedAt: Date.UTC(2026, 0, 1),
  cgroupVersion: 1,
  address: "10.20.30.40",
  resolver: "10.20.30.1",
  project: "storefront",
  installedAt: Date.UTC(2025, 6, 1),
};

let containers = 0;

export function placeOf(family: ImageFamily, changes: Partial<ShellPlace> = {}): ShellPlace {
  containers += 1;
  const containerId = containers.toString(16).padStart(64, "a");
  return {
    containerId,
    image: family,
    imageId: `sha256:${"c".repeat(64)}`,
    family,
    layers: [],
    hostname: containerId.slice(-12),
    env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root"],
    workdir: "/",
    user: "",
    privileged: false,
    pidMode: "",
    networkMode: "default",
    binds: [],
    ipAddress: "172.17.0.5",
    mainProgram: ["sleep", "infinity"],
    owner: `192.0.2.${containers % 250}`,
    machine: MACHINE,
    ...changes,
  };
}

export const hostBind = (path: string, target: string, readOnly = false): ShellPlace["binds"][number] => ({
  source: { kind: "host", path },
  target,
  readOnly,
});

export const newShell = (): SandboxedShell => new SandboxedShell({ hurried: true });

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined: it goes on. */
  readonly status: number | undefined;
  readonly observations: readonly string[];
}

export interface RunOptions {
  readonly stdin?: string;
  readonly tty?: boolean;
  readonly user?: string;
  /** How long to wait for the end, milliseconds. */
  readonly ms?: number;
}

/** Runs a program to its end, or until it has shown that it has none. */
export async function run(session: ShellSession, argv: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const told = { stdout: "", stderr: "" };
  const started = await session.run({
    argv,
    env: [],
    workdir: "",
    user: options.user ?? "",
    privileged: false,
    tty: options.tty === true ? { rows: 24, columns: 80 } : undefined,
    openStdin: options.stdin !== undefined,
    stdout: (bytes) => {
      told.stdout += Buffer.from(bytes).toString();
    },
    stderr: (bytes) => {
      told.stderr += Buffer.from(bytes).toString();
    },
  });
  if (typeof started === "string") {
    return { ...told, stderr: started, status: undefined, observations: [] };
  }
  if (options.stdin !== undefined) {
    started.write(Buffer.from(options.stdin));
    if (options.tty !== true) {
      started.end();
    }
  }
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), options.ms ?? 60_000);
  });
  const status = await Promise.race([started.exit, late]);
  clearTimeout(timer);
  if (status === undefined) {
    started.kill("KILL");
  }
  return {
    ...told,
    status,
    observations: started.observations().map(({ kind, value }) => `${kind} ${value}`),
  };
}

export const sh = (session: ShellSession, script: string, options?: RunOptions): Promise<Outcome> =>
  run(session, ["sh", "-c", script], options);
