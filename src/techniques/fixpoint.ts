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
  levelOf,
  type Memo,
  newGainState,
  Remembered,
  type View,
  viewOf,
} from "../facts/index.ts";
import type { Technique } from "./technique.ts";

/** How far techniques apply, joined over the identities that a process can be; the same for all that are alike. */
export interface Verdict {
  /** Gains that are held for certain or possibly. */
  readonly gains: ReadonlyMap<string, Exclude<Known, "no">>;
  /** Techniques that apply for certain or possibly, in the order of the list. */
  readonly applied: readonly Applied[];
  /** The same, for looking one up. */
  readonly applies: ReadonlyMap<Technique, Known>;
  /** The gains as numbers, for evaluating expressions. */
  readonly state: GainState;
  /** By identity, the answers that led here: everything of which this is true gave the same. */
  readonly answers: readonly Memo[];
}

/** The verdict on one container. */
export interface Fixpoint extends Verdict {
  /** Shared with containers of which the same is true; a key for what follows from it. */
  readonly verdict: Verdict;
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

/** Verdicts that are kept for each list of techniques: some 30 kB each. */
const VERDICTS_MAX = 512;

const verdicts = new WeakMap<readonly Technique[], Remembered<Verdict>>();

/**
 * Applies techniques until nothing new is gained. Gains only grow from `no` to `unknown` to `yes`, and no expression
 * negates one: a technique is looked at once, and again whenever a gain that it waits for has grown, which happens at
 * most twice for each gain.
 */
export function fixpoint(techniques: readonly Technique[], container: ContainerFacts, host: HostFacts): Fixpoint {
  const views = container.identities.map((identity) => viewOf(container, host, identity));
  let known = verdicts.get(techniques);
  if (known === undefined) {
    known = new Remembered(VERDICTS_MAX);
    verdicts.set(techniques, known);
  }
  const verdict = known.get(views, (asked) => reach(readyList(techniques), asked));
  return { ...verdict, verdict, views };
}

function reach(all: readonly Ready[], views: readonly View[]): Verdict {
  const run = new Run(views, all.length);
  for (const ready of all) {
    run.visit(ready);
  }
  run.visitAgain();
  const { gains, applied, state } = run;
  const applies = new Map(applied.map(({ technique, level }) => [technique, knownOf(level)]));
  return { gains, applied, applies, state, answers: views.map(({ memo }) => memo) };
}

type Growing = { -readonly [Key in keyof Applied]: Applied[Key] };

class Run {
  readonly gains = new Map<string, Exclude<Known, "no">>();
  readonly applied: Growing[] = [];
  readonly state = newGainState();
  readonly #views: readonly View[];
  /** For each technique its place in {@link applied}, counted from 1. */
  readonly #places: Uint16Array;
  readonly #again: Ready[] = [];

  constructor(views: readonly View[], techniques: number) {
    this.#views = views;
    this.#places = new Uint16Array(techniques);
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
    for (const view of this.#views) {
      const level = Math.min(levelOf(needs, view, this.state), view.reachable);
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
