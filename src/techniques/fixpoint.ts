import {
  type Compiled,
  type ContainerFacts,
  compiled,
  type GainState,
  gainNumber,
  gainsOf,
  type HostFacts,
  type Known,
  knownOf,
  LEVEL,
  newGainState,
  type View,
  viewOf,
} from "../facts/index.ts";
import type { Technique } from "./technique.ts";

/** How far a technique applies, joined over the identities that the process can be. */
export interface Fixpoint {
  /** Gains that are held for certain or possibly. */
  readonly gains: ReadonlyMap<string, Exclude<Known, "no">>;
  /** Techniques that apply for certain or possibly, in the order of the list. */
  readonly applies: ReadonlyMap<Technique, Known>;
  /** The same, for those who walk through it. */
  readonly applied: readonly Applied[];
  /** The gains as numbers, for evaluating expressions. */
  readonly state: GainState;
  /** One view for every identity, the one that the container starts as first. */
  readonly views: readonly View[];
}

/** A technique that applies. */
export interface Applied {
  readonly technique: Technique;
  readonly needs: Compiled;
  /** `unknown` or `yes`. */
  readonly level: number;
}

/** A technique made ready. */
interface Ready {
  readonly technique: Technique;
  readonly needs: Compiled;
  /** Its place in the list. */
  readonly index: number;
  readonly gains: readonly ReadyGain[];
}

interface ReadyGain {
  readonly name: string;
  readonly number: number;
  /** Techniques that wait for it. */
  readonly waiting: readonly Ready[];
}

const readyLists = new WeakMap<readonly Technique[], readonly Ready[]>();

function readyList(techniques: readonly Technique[]): readonly Ready[] {
  let ready = readyLists.get(techniques);
  if (ready === undefined) {
    ready = makeReady(techniques);
    readyLists.set(techniques, ready);
  }
  return ready;
}

function makeReady(techniques: readonly Technique[]): readonly Ready[] {
  const waitingFor = new Map<string, Ready[]>();
  const waiting = (gain: string): Ready[] => {
    const list = waitingFor.get(gain) ?? [];
    waitingFor.set(gain, list);
    return list;
  };
  const all = techniques.map((technique, index): Ready => {
    const gains = technique.gains.map((name) => ({ name, number: gainNumber(name), waiting: waiting(name) }));
    return { technique, needs: compiled(technique.needs), index, gains };
  });
  for (const ready of all) {
    for (const gain of new Set(gainsOf(ready.technique.needs))) {
      waiting(gain).push(ready);
    }
  }
  return all;
}

/**
 * Applies techniques until nothing new is gained. Gains only grow from `no` to `unknown` to `yes`, and no expression
 * negates one: a technique is looked at once, and again whenever a gain that it waits for has grown, which happens at
 * most twice for each gain.
 */
export function fixpoint(techniques: readonly Technique[], container: ContainerFacts, host: HostFacts): Fixpoint {
  const views = container.identities.map((identity) => viewOf(container, host, identity));
  const all = readyList(techniques);
  const run = new Run(views, all.length);
  for (const ready of all) {
    run.visit(ready);
  }
  run.visitAgain();
  return run;
}

type Growing = { -readonly [Key in keyof Applied]: Applied[Key] };

class Run implements Fixpoint {
  readonly gains = new Map<string, Exclude<Known, "no">>();
  readonly applied: Growing[] = [];
  readonly state = newGainState();
  readonly views: readonly View[];
  /** For each technique its place in {@link applied}, counted from 1. */
  readonly #places: Uint16Array;
  readonly #again: Ready[] = [];
  #applies: ReadonlyMap<Technique, Known> | undefined;

  constructor(views: readonly View[], techniques: number) {
    this.views = views;
    this.#places = new Uint16Array(techniques);
  }

  get applies(): ReadonlyMap<Technique, Known> {
    this.#applies ??= new Map(this.applied.map(({ technique, level }) => [technique, knownOf(level)]));
    return this.#applies;
  }

  visit(ready: Ready): void {
    const level = this.#levelOf(ready.needs);
    if (level === LEVEL.no || !this.#grows(ready, level)) {
      return;
    }
    for (const { name, number, waiting } of ready.gains) {
      if (level > (this.state[number] ?? LEVEL.no)) {
        this.state[number] = level;
        this.gains.set(name, level === LEVEL.yes ? "yes" : "unknown");
        this.#again.push(...waiting);
      }
    }
  }

  visitAgain(): void {
    for (let ready = this.#again.pop(); ready !== undefined; ready = this.#again.pop()) {
      this.visit(ready);
    }
  }

  #levelOf(needs: Compiled): number {
    let greatest: number = LEVEL.no;
    for (const view of this.views) {
      const level = Math.min(needs.holds(view, this.state), view.reachable);
      if (level > greatest) {
        greatest = level;
      }
    }
    return greatest;
  }

  /** Notes how far a technique applies; false when that was known. */
  #grows({ technique, needs, index }: Ready, level: number): boolean {
    const place = this.#places[index] ?? 0;
    if (place === 0) {
      this.#places[index] = this.applied.push({ technique, needs, level });
      return true;
    }
    const applied = this.applied[place - 1];
    if (applied === undefined || applied.level === level) {
      return false;
    }
    applied.level = level;
    return true;
  }
}
