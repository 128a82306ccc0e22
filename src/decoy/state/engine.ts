/** The imitated engine: one state behind all endpoints. */
import type { Machine, Persona } from "../personas/index.ts";
import type { Shell, ShellMachine, ShellProcess, ShellSession } from "../shell/index.ts";
import { EventLog } from "./events.ts";
import { EngineFault, noSuchContainer } from "./fault.ts";
import type { Container, Exec, Image, Network, Volume } from "./model.ts";
import { Random } from "./random.ts";

/** Somebody who listens to the output of a container. */
export interface OutputListener {
  output(stream: 1 | 2, bytes: Uint8Array): void;
  ended(): void;
}

/** What of a container lives only as long as this process. */
export interface Running {
  session: ShellSession | undefined;
  process: ShellProcess | undefined;
  readonly listeners: Set<OutputListener>;
  /** Called with the exit code when the container stops. */
  readonly exits: Set<(exitCode: number) => void>;
  readonly removals: Set<() => void>;
  /** The rest of a line that is not complete, by stream. */
  readonly partial: [Buffer, Buffer];
  timer: NodeJS.Timeout | undefined;
}

export interface EngineOptions {
  readonly persona: Persona;
  readonly machine: Machine;
  readonly shell: Shell;
  /** False: answers come at once, for tests and benchmarks. */
  readonly realTiming: boolean;
  /** Whether the machine seems to reach the public registries. */
  readonly registryReachable: boolean;
  /** Something that is kept over restarts has changed. */
  changed(): void;
  fault(error: unknown): void;
}

export class Engine {
  readonly persona: Persona;
  readonly machine: Machine;
  readonly shell: Shell;
  readonly realTiming: boolean;
  readonly registryReachable: boolean;
  readonly changed: () => void;
  readonly fault: (error: unknown) => void;
  readonly images = new Map<string, Image>();
  readonly containers = new Map<string, Container>();
  readonly execs = new Map<string, Exec>();
  readonly networks = new Map<string, Network>();
  readonly volumes = new Map<string, Volume>();
  readonly events = new EventLog();
  /** Registries that visitors logged in to, with the user. */
  readonly logins = new Map<string, string>();
  readonly #running = new Map<string, Running>();
  #nextPid: number;
  /** Streams that are open now. */
  streams = 0;

  constructor(options: EngineOptions) {
    this.persona = options.persona;
    this.machine = options.machine;
    this.shell = options.shell;
    this.realTiming = options.realTiming;
    this.registryReachable = options.registryReachable;
    this.changed = options.changed;
    this.fault = options.fault;
    this.#nextPid = new Random("pid", options.machine.seed).between(2000, 30_000);
  }

  /** The API version as a number that can be compared: 1.41 is 41. */
  get api(): number {
    return Number(this.persona.apiVersion.split(".")[1]);
  }

  running(container: Container): Running {
    let running = this.#running.get(container.id);
    if (running === undefined) {
      running = {
        session: undefined,
        process: undefined,
        listeners: new Set(),
        exits: new Set(),
        removals: new Set(),
        partial: [Buffer.alloc(0), Buffer.alloc(0)],
        timer: undefined,
      };
      this.#running.set(container.id, running);
    }
    return running;
  }

  forget(container: Container): void {
    const running = this.#running.get(container.id);
    running?.session?.close();
    clearTimeout(running?.timer);
    this.#running.delete(container.id);
  }

  takePid(): number {
    this.#nextPid += 1 + Math.floor(Math.random() * 40);
    if (this.#nextPid > PID_MAX) {
      this.#nextPid = 2000;
    }
    return this.#nextPid;
  }

  /** A container by name, id or the start of an id. */
  container(name: string): Container {
    const found = this.findContainer(name);
    if (found === undefined) {
      throw name === "" ? new EngineFault(400, 'invalid name or ID supplied: ""') : noSuchContainer(name);
    }
    return found;
  }

  findContainer(name: string): Container | undefined {
    const exact = this.containers.get(name);
    if (exact !== undefined || name === "") {
      return exact;
    }
    const plain = name.startsWith("/") ? name.slice(1) : name;
    for (const container of this.containers.values()) {
      if (container.name === plain) {
        return container;
      }
    }
    const matches = /^[0-9a-f]+$/.test(name) ? [...this.containers.keys()].filter((id) => id.startsWith(name)) : [];
    if (matches.length > 1) {
      throw new EngineFault(400, `Multiple IDs found with provided prefix: ${name}`);
    }
    return matches[0] === undefined ? undefined : this.containers.get(matches[0]);
  }

  network(name: string): Network {
    const found = this.findNetwork(name);
    if (found === undefined) {
      throw new EngineFault(404, `network ${name} not found`);
    }
    return found;
  }

  findNetwork(name: string): Network | undefined {
    const networks = [...this.networks.values()];
    const named = networks.filter((network) => network.name === name);
    if (named.length > 1) {
      throw new EngineFault(400, `network ${name} is ambiguous (${named.length} matches found based on name)`);
    }
    const matches = name === "" ? [] : networks.filter((network) => network.id.startsWith(name));
    return (
      this.networks.get(name) ??
      networks.find((network) => network.name === name) ??
      (matches.length === 1 ? matches[0] : undefined)
    );
  }

  /** The machine as the inside of a container sees it. */
  shellMachine(): ShellMachine {
    const { machine, persona } = this;
    return {
      seed: machine.seed,
      hostname: machine.hostname,
      kernel: machine.kernel.release,
      kernelVersion: machine.kernel.version,
      operatingSystem: persona.operatingSystem,
      architecture: "x86_64",
      cpus: machine.cpus,
      memoryBytes: machine.memoryBytes,
      bootedAt: machine.bootedAt,
      cgroupVersion: persona.cgroup.version,
      address: machine.address,
      resolver: machine.resolver,
      project: machine.project,
      installedAt: machine.installedAt,
    };
  }
}

/** `/proc/sys/kernel/pid_max` of a small machine. */
const PID_MAX = 32_768;
