import type { LocalizedText } from "../../base/index.ts";
import { type HostFacts, type HostValues, type Place, UNKNOWN_HOST } from "../../facts/index.ts";
import type { ReadProblem } from "../read-result.ts";

/** What one source (procfs, an engine, a file of the user) tells of a host. A key it does not tell is absent. */
export interface HostLayer {
  readonly values: HostValues;
  readonly places: ReadonlyMap<keyof HostValues, Place>;
  readonly problems: readonly ReadProblem[];
}

/** A {@link HostLayer} that is being read. */
export interface LayerDraft {
  /** Notes a value and where it was found; `undefined` is not known and leaves the key as it is. */
  readonly set: <Key extends keyof HostValues>(key: Key, value: HostValues[Key] | undefined, place: Place) => void;
  readonly note: (message: LocalizedText, place: Place) => void;
  readonly finish: () => HostLayer;
}

/** An empty layer to fill. */
export function draftLayer(): LayerDraft {
  const values: Partial<Record<keyof HostValues, unknown>> = {};
  const places = new Map<keyof HostValues, Place>();
  const problems: ReadProblem[] = [];
  return {
    set(key, value, place) {
      if (value !== undefined) {
        values[key] = value;
        places.set(key, place);
      }
    },
    note: (message, place) => problems.push({ severity: "note", message, place }),
    finish: () => ({ values: values as HostValues, places, problems }),
  };
}

/**
 * One host from several sources. Where two tell the same key the later one wins, with its place; `facts` are joined
 * name by name.
 */
export function mergeHostFacts(...layers: readonly HostLayer[]): HostFacts {
  const places = new Map<keyof HostValues, Place>();
  let values: HostValues = {};
  for (const layer of layers) {
    const facts = { ...values.facts, ...layer.values.facts };
    values = { ...values, ...layer.values, ...(Object.keys(facts).length > 0 ? { facts } : {}) };
    for (const [key, place] of layer.places) {
      places.set(key, place);
    }
  }
  return { values, where: (key) => places.get(key) ?? UNKNOWN_HOST.where(key) };
}
