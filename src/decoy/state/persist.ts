/** Keeps the state of an installation in a folder: written a moment after a change, whole or not at all. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "./engine.ts";
import { packJson, unpackJson } from "./go-json.ts";
import { SAVE_EVERY_MS } from "./limits.ts";
import type { Container, EngineEvent, Exec, Image, Network, Volume } from "./model.ts";

/** What makes an installation itself; written once. */
export interface Identity {
  readonly seed: string;
  readonly persona: string;
  /** Milliseconds since 1970. */
  readonly firstSeen: number;
}

const IDENTITY_FILE = "identity.json";

/** The installation that lives in a folder of state, without changing anything; `undefined` when none does. */
export function readIdentity(folder: string): Identity | undefined {
  const path = join(folder, IDENTITY_FILE);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Identity) : undefined;
}

interface Snapshot {
  readonly version: 1;
  readonly images: readonly Image[];
  readonly containers: readonly Container[];
  readonly execs: readonly Exec[];
  readonly networks: readonly Network[];
  readonly volumes: readonly Volume[];
  readonly events: readonly EngineEvent[];
  readonly logins: readonly (readonly [string, string])[];
}

export class StateFolder {
  readonly #folder: string | undefined;
  #engine: Engine | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Without a folder nothing is kept. */
  constructor(folder: string | undefined) {
    this.#folder = folder;
    if (folder !== undefined) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    }
  }

  /** The installation that lives here; a new one when there is none, or when another persona is wanted. */
  identity(persona: string, wanted: boolean): Identity {
    const path = this.#path(IDENTITY_FILE);
    const known = this.#folder === undefined ? undefined : readIdentity(this.#folder);
    if (known !== undefined && (!wanted || known.persona === persona)) {
      return known;
    }
    const identity: Identity = { seed: randomBytes(16).toString("hex"), persona, firstSeen: Date.now() };
    if (path !== undefined) {
      writeWhole(path, JSON.stringify(identity));
    }
    return identity;
  }

  /** Fills an engine with what was kept of this installation. False: nothing was. */
  restore(engine: Engine): boolean {
    this.#engine = engine;
    const path = this.#path(`state-${engine.machine.seed.slice(0, 8)}.json`);
    if (path === undefined || !existsSync(path)) {
      return false;
    }
    const snapshot = unpackJson(readFileSync(path, "utf8")) as Snapshot;
    for (const [store, items] of [
      [engine.images, snapshot.images],
      [engine.containers, snapshot.containers],
      [engine.execs, snapshot.execs],
      [engine.networks, snapshot.networks],
    ] as const) {
      for (const item of items) {
        (store as Map<string, unknown>).set(item.id, item);
      }
    }
    for (const volume of snapshot.volumes) {
      engine.volumes.set(volume.name, volume);
    }
    for (const [registry, user] of snapshot.logins) {
      engine.logins.set(registry, user);
    }
    engine.events.restore(snapshot.events);
    for (const exec of engine.execs.values()) {
      exec.running = false;
    }
    return true;
  }

  changed(): void {
    if (this.#folder !== undefined && this.#timer === undefined) {
      this.#timer = setTimeout(() => this.save(), SAVE_EVERY_MS);
      this.#timer.unref();
    }
  }

  save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const engine = this.#engine;
    const path = engine === undefined ? undefined : this.#path(`state-${engine.machine.seed.slice(0, 8)}.json`);
    if (engine === undefined || path === undefined) {
      return;
    }
    const snapshot: Snapshot = {
      version: 1,
      images: [...engine.images.values()],
      containers: [...engine.containers.values()],
      execs: [...engine.execs.values()],
      networks: [...engine.networks.values()],
      volumes: [...engine.volumes.values()],
      events: engine.events.all(),
      logins: [...engine.logins],
    };
    try {
      writeWhole(path, packJson(snapshot));
    } catch (error) {
      engine.fault(error);
    }
  }

  #path(name: string): string | undefined {
    return this.#folder === undefined ? undefined : join(this.#folder, name);
  }
}

/** Written beside and renamed: a crash leaves the old text or the new one. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
