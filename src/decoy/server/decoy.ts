import { join } from "node:path";
import type { CaptureSink } from "../capture/index.ts";
import { dispatcher } from "../handlers/dispatch.ts";
import { Timing } from "../handlers/timing.ts";
import { inventMachine, type Machine, PERSONAS, type Persona, personaNamed } from "../personas/index.ts";
import { SandboxedShell, type Shell } from "../shell/index.ts";
import { Engine } from "../state/engine.ts";
import { fillFirstState } from "../state/first-state.ts";
import { StateFolder } from "../state/persist.ts";
import { DecoyError } from "./decoy-error.ts";
import { listen } from "./listen.ts";
import { openTls } from "./tls.ts";

export interface DecoyOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly sink: CaptureSink;
  /** Where the state of the installation is kept; undefined: nowhere, a new one at every start. */
  readonly folder?: string;
  /** Name of a persona; undefined: the one of the folder, or the oldest. */
  readonly persona?: string;
  /** Listens with TLS, under a certificate of its own. */
  readonly tls?: boolean;
  /** The inside of containers; undefined: files in memory and scripts in threads. */
  readonly shell?: Shell;
  /** False: answers come at once. */
  readonly realTiming?: boolean;
  /** False: the machine seems to be cut off from the public registries. */
  readonly registryReachable?: boolean;
  /** A fault of ours, for the operator. */
  fault(error: unknown): void;
}

export interface Decoy {
  /** `tcp://HOST:PORT`. */
  readonly address: string;
  readonly machine: Machine;
  readonly persona: Persona;
  /** Stops accepting, ends what runs, and writes the state. */
  close(): Promise<void>;
}

/** Where the state of the imitated engine lies, in the folder of the decoy. */
export const ENGINE_FOLDER = "engine";

/** Starts the imitated engine. */
export async function startDecoy(options: DecoyOptions): Promise<Decoy> {
  const { engine, folder } = openEngine(options);
  const { persona, machine } = engine;
  const listener = await listen({
    host: options.host,
    port: options.port,
    sink: options.sink,
    dialect: persona.dialect,
    emptyLengthIsWrong: persona.emptyLengthIsWrong,
    tls: options.tls === true ? await openTls(options.folder, machine.hostname) : undefined,
    handle: dispatcher({
      engine,
      sink: options.sink,
      timing: new Timing(engine.realTiming, engine.api >= 44),
    }),
    fault: options.fault,
  });
  const host = listener.host.includes(":") ? `[${listener.host}]` : listener.host;
  return {
    address: `tcp://${host}:${listener.port}`,
    machine,
    persona,
    close: async () => {
      await listener.close();
      folder.save();
      await engine.shell.close();
    },
  };
}

/** The state of the installation in the folder, or of a new one. */
function openEngine(options: DecoyOptions): { engine: Engine; folder: StateFolder } {
  const wanted = options.persona === undefined ? PERSONAS[0] : personaNamed(options.persona);
  if (wanted === undefined) {
    throw unknownPersona(options.persona ?? "");
  }
  let folder: StateFolder;
  try {
    folder = new StateFolder(options.folder === undefined ? undefined : join(options.folder, ENGINE_FOLDER));
  } catch (cause) {
    throw new DecoyError("STATE_UNREADABLE", `cannot use the folder ${options.folder}: ${message(cause)}`, { cause });
  }
  const identity = folder.identity(wanted.name, options.persona !== undefined);
  const persona = personaNamed(identity.persona);
  if (persona === undefined) {
    throw unknownPersona(identity.persona);
  }
  const engine = new Engine({
    persona,
    machine: inventMachine(identity.seed, persona, identity.firstSeen),
    shell: options.shell ?? new SandboxedShell({ hurried: options.realTiming === false }),
    realTiming: options.realTiming ?? true,
    registryReachable: options.registryReachable ?? true,
    changed: () => folder.changed(),
    fault: options.fault,
  });
  try {
    if (!folder.restore(engine)) {
      fillFirstState(engine);
      folder.save();
    }
  } catch (cause) {
    throw new DecoyError("STATE_UNREADABLE", `cannot read the state in ${options.folder}: ${message(cause)}`, {
      cause,
    });
  }
  return { engine, folder };
}

function unknownPersona(name: string): DecoyError {
  const known = PERSONAS.map((persona) => persona.name).join(", ");
  return new DecoyError("UNKNOWN_PERSONA", `there is no persona ${JSON.stringify(name)}: known are ${known}`);
}

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));
