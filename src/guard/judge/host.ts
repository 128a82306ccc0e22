import type { HostFacts } from "../../facts/index.ts";
import { readEngine } from "../../readers/daemon/index.ts";
import { draftLayer, type HostLayer, mergeHostFacts } from "../../readers/host-facts/index.ts";
import type { EngineLookup, LookedUp } from "./judge-types.ts";

/** How long what an engine tells of its host is used again. Kernels and daemons change by restarts, not in between. */
export const HOST_FACTS_MS_MAX = 60_000;

/** API versions of which facts are kept apart: a client speaks one. */
const VERSIONS_KEPT_MAX = 64;

/** What is known of the host that containers are made on. */
export class JudgedHost {
  readonly #lookup: EngineLookup | undefined;
  readonly #layers: readonly HostLayer[];
  readonly #now: () => number;
  #until = Number.NEGATIVE_INFINITY;
  #asked: Promise<readonly HostLayer[]> | undefined;
  #byVersion = new Map<string, HostFacts>();
  #current: readonly HostLayer[] | undefined;

  /** `layers`: what else is known of the host, such as what it says of itself. `now`: milliseconds. */
  constructor(lookup: EngineLookup | undefined, layers: readonly HostLayer[], now: () => number) {
    this.#lookup = lookup;
    this.#layers = layers;
    this.#now = now;
  }

  /** The facts for a create call of an API version. What the engine does not tell stays unknown: the worse case. */
  async facts(apiVersion: string | undefined): Promise<HostFacts> {
    if (this.#asked === undefined || this.#now() >= this.#until) {
      this.#until = this.#now() + HOST_FACTS_MS_MAX;
      this.#asked = this.#ask();
    }
    const layers = await this.#asked;
    if (layers !== this.#current) {
      this.#current = layers;
      this.#byVersion = new Map();
    }
    const key = apiVersion ?? "";
    let facts = this.#byVersion.get(key);
    if (facts === undefined) {
      if (this.#byVersion.size >= VERSIONS_KEPT_MAX) {
        this.#byVersion.clear();
      }
      facts = mergeHostFacts(...layers, ...versionLayer(apiVersion));
      this.#byVersion.set(key, facts);
    }
    return facts;
  }

  async #ask(): Promise<readonly HostLayer[]> {
    if (this.#lookup === undefined) {
      return this.#layers;
    }
    const [info, version] = await Promise.all([this.#lookup.info(), this.#lookup.version()]);
    const { uri } = this.#lookup;
    return [readEngine(uri, documentOf(info), documentOf(version)), ...socketLayer(uri), ...this.#layers];
  }
}

/** Wherever the engine's socket lies, whoever mounts it has the engine. */
function socketLayer(uri: string): readonly HostLayer[] {
  if (!uri.startsWith(UNIX)) {
    return [];
  }
  const draft = draftLayer();
  draft.set("engineSockets", [uri.slice(UNIX.length)], { uri });
  return [draft.finish()];
}

const UNIX = "unix://";

function versionLayer(apiVersion: string | undefined): readonly HostLayer[] {
  if (apiVersion === undefined) {
    return [];
  }
  const draft = draftLayer();
  draft.set("createApi", apiVersion, { uri: "request" });
  return [draft.finish()];
}

function documentOf(answer: LookedUp): unknown {
  if (answer.kind !== "found") {
    return undefined;
  }
  try {
    return JSON.parse(answer.text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}
