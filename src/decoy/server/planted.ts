import { join } from "node:path";
import { type Canary, canariesOf, inventMachine, personaNamed } from "../personas/index.ts";
import { readIdentity } from "../state/persist.ts";
import { ENGINE_FOLDER } from "./decoy.ts";

/** What an installation of the decoy planted for visitors to find. */
export interface Planted {
  readonly persona: string;
  readonly hostname: string;
  /** When the installation was made, milliseconds since 1970. */
  readonly firstSeen: number;
  readonly canaries: readonly Canary[];
}

/** Reads what the installation in a folder of `--dir` planted; `undefined` when there is none. Changes nothing. */
export function plantedIn(dir: string): Planted | undefined {
  const identity = readIdentity(join(dir, ENGINE_FOLDER));
  const persona = identity === undefined ? undefined : personaNamed(identity.persona);
  if (identity === undefined || persona === undefined) {
    return undefined;
  }
  const machine = inventMachine(identity.seed, persona, identity.firstSeen);
  return {
    persona: persona.name,
    hostname: machine.hostname,
    firstSeen: identity.firstSeen,
    canaries: canariesOf(machine),
  };
}
