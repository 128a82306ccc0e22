import { analyse } from "../audit/index.ts";
import type { ReceivedRequest } from "../engine/index.ts";
import type { HostFacts, Workload } from "../facts/index.ts";
import { gainKind } from "../findings/index.ts";
import { createJudge, type EngineLookup, type Judge, type ModelEngine, type Verdict } from "../guard/index.ts";
import type { ClientRules } from "../policy/index.ts";
import type { HostLayer } from "../readers/host-facts/index.ts";

/** How a search is made. */
export interface ProveOptions {
  readonly rules: ClientRules;
  readonly host: HostFacts;
  readonly hostLayers: readonly HostLayer[];
  /** Requests that are judged at most. */
  readonly judgedMax: number;
}

/** One request of a way. */
export interface Step {
  readonly method: string;
  readonly target: string;
  readonly body?: unknown;
}

/** A way to a gain over the host that the policy leaves open. */
export interface Way {
  readonly gain: string;
  /** `possible`: a fact of the host that nobody knows decides. */
  readonly certainty: "yes" | "possible";
  /** Ids of techniques, or the verb that gives it by itself. */
  readonly techniques: readonly string[];
  readonly steps: readonly Step[];
}

/** What a search found, or how far it went. */
export interface Proved {
  readonly client: string;
  /** The shortest of each gain, the worst gain first. */
  readonly ways: readonly Way[];
  /** Requests that were judged. */
  readonly judged: number;
  /** Different states of the engine that allowed requests led to. */
  readonly states: number;
  /** Requests of the longest sequence that was tried. */
  readonly depth: number;
  /** Whether everything in the tables was tried. */
  readonly complete: boolean;
  /** The client only has its refusals written down: everything is open to it. */
  readonly shadow: boolean;
}

/** A state of the engine, with the requests that led to it. */
export interface State {
  readonly engine: ModelEngine;
  readonly steps: readonly Step[];
  /** Id or name of what the last request made. */
  readonly made: string;
  /** Whoever runs code in what was made has a gain over the host. */
  readonly won?: boolean;
}

/** A request as the search writes it. */
export interface Asked extends Step {
  readonly streamed?: boolean;
}

/** Counts, judges and remembers for one search. */
export class Search {
  readonly options: ProveOptions;
  readonly #judge: Judge;
  readonly #usual: ReadonlyMap<string, string>;
  readonly #ways = new Map<string, Way>();
  #engine: ModelEngine;
  #judged = 0;
  #states = 0;
  #depth = 0;
  #complete = true;

  constructor(options: ProveOptions, start: ModelEngine) {
    this.options = options;
    this.#engine = start;
    const { requestsPerSecond: _, ...limits } = options.rules.limits;
    const rules = { ...options.rules, mode: "enforce", limits } as const;
    this.#judge = createJudge({
      policy: { language: "en", clients: new Map([[rules.name, rules]]) },
      lookup: lookupIn(() => this.#engine),
      hostLayers: options.hostLayers,
      now: () => 0,
    });
    this.#usual = new Map(this.#gainsOf(EMPTY).map(({ gain, known }) => [gain, known]));
  }

  /** Sends a request in a state. `undefined`: the policy refuses it, or the bound is reached. */
  async attempt(state: State, asked: Asked): Promise<State | undefined> {
    const verdict = await this.#decide(state, asked);
    if (verdict?.forward === undefined || verdict.decision === "deny") {
      return undefined;
    }
    const engine = state.engine.copy();
    const made = engine.applyForwarded(verdict.forward) ?? "";
    const { streamed: _, ...step } = asked;
    this.#states += 1;
    return { engine, steps: [...state.steps, step], made };
  }

  async #decide(state: State, asked: Asked): Promise<Verdict | undefined> {
    if (this.#judged >= this.options.judgedMax) {
      this.#complete = false;
      return undefined;
    }
    this.#judged += 1;
    this.#depth = Math.max(this.#depth, state.steps.length + 1);
    this.#engine = state.engine;
    return await this.#judge.judge(requestOf(asked), { client: this.options.rules.name });
  }

  /** Notes what whoever runs code in a container of a state would win. `only`: which gains count. */
  controls(state: State, reference: string, only: (gain: string) => boolean = () => true): boolean {
    const workload = state.engine.workload(reference);
    return workload !== undefined && this.wins(state, workload, only);
  }

  /** Notes what a configuration gives, judged by the analyser and not by the policy. */
  wins(state: State, workload: Workload, only: (gain: string) => boolean = () => true): boolean {
    let wins = false;
    for (const { gain, known, techniques } of this.#gainsOf(workload)) {
      const before = this.#usual.get(gain);
      if (only(gain) && (before === undefined || (before === "unknown" && known === "yes"))) {
        const certainty = known === "yes" ? "yes" : "possible";
        wins = this.note({ gain, certainty, techniques, steps: state.steps }) || wins;
      }
    }
    return wins;
  }

  /** Remembers the shortest way to a gain, a certain one before a possible one. Whether it is a gain over the host. */
  note(way: Way): boolean {
    const { overHost, severity } = gainKind(way.gain);
    if (!overHost || severity === "low" || severity === "info") {
      return false;
    }
    const known = this.#ways.get(way.gain);
    const better =
      known === undefined ||
      (known.certainty === "possible" && way.certainty === "yes") ||
      (known.certainty === way.certainty && way.steps.length < known.steps.length);
    if (better) {
      this.#ways.set(way.gain, way);
    }
    return true;
  }

  result(): Proved {
    const { rules } = this.options;
    return {
      client: rules.name,
      ways: [...this.#ways.values()],
      judged: this.#judged,
      states: this.#states,
      depth: this.#depth,
      complete: this.#complete,
      shadow: rules.mode === "shadow",
    };
  }

  #gainsOf(workload: Workload) {
    const { gains, reached } = analyse(workload, this.options.host);
    return gains.flatMap(({ gain }) => {
      const known = reached.gains.get(gain);
      const techniques = reached.applied
        .filter(({ technique }) => technique.gains.includes(gain))
        .map(({ technique }) => technique.id);
      return known === "yes" || known === "unknown"
        ? [{ gain, known, techniques: techniques.slice(0, TECHNIQUES_SHOWN) } as const]
        : [];
    });
  }
}

/** Techniques that are named of each way. */
const TECHNIQUES_SHOWN = 3;

const PLACE = { uri: "model" };

/** A workload of a configuration that no reader has seen. */
export const workloadOf = (HostConfig: Workload["config"]["HostConfig"]): Workload => ({
  id: "proof",
  kind: "create-request",
  name: "proof",
  source: PLACE,
  config: { Config: {}, HostConfig },
  where: () => PLACE,
  unresolved: new Map(),
  surroundings: {},
});

const EMPTY = workloadOf({});

function requestOf({ method, target, body, streamed }: Asked): ReceivedRequest {
  return {
    method,
    target,
    headers: [
      ...(body === undefined ? [] : [["Content-Type", "application/json"] as const]),
      ...(streamed === true
        ? ([
            ["Transfer-Encoding", "chunked"],
            ["Content-Type", "application/x-tar"],
          ] as const)
        : []),
    ],
    ...(body !== undefined && { body: Buffer.from(JSON.stringify(body), "utf8") }),
  };
}

/** Asks whichever engine the search stands at. */
function lookupIn(engine: () => ModelEngine): EngineLookup {
  const now = () => engine().lookup();
  return {
    uri: "model:",
    container: (reference) => now().container(reference),
    exec: (id) => now().exec(id),
    volume: (name) => now().volume(name),
    network: (reference) => now().network(reference),
    image: (reference) => now().image(reference),
    containersWithLabel: (label) => now().containersWithLabel(label),
    info: () => now().info(),
    version: () => now().version(),
  };
}
