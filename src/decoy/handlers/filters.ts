/** `filters=` of lists and prunes, in both forms: `{"name":{"x":true}}` and `{"name":["x"]}`. */
import { EngineFault } from "../state/fault.ts";

export class Filters {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
  }

  get(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Refuses names that the list does not know. */
  accept(names: readonly string[]): void {
    for (const name of this.#values.keys()) {
      if (!names.includes(name)) {
        throw new EngineFault(400, `Invalid filter '${name}'`);
      }
    }
  }

  /** Whether one of the values is it, or the start of it; true without values. */
  fuzzy(name: string, candidate: string): boolean {
    const values = this.get(name);
    return (
      values.length === 0 ||
      values.some((value) => candidate === value || candidate.startsWith(value) || matches(value, candidate))
    );
  }

  exact(name: string, candidate: string): boolean {
    const values = this.get(name);
    return values.length === 0 || values.includes(candidate);
  }

  /** Whether one of the values, as a pattern, is found in it. */
  match(name: string, candidate: string): boolean {
    const values = this.get(name);
    return values.length === 0 || values.some((value) => candidate.includes(value) || matches(value, candidate));
  }

  /** Whether all `label` values hold: `key` or `key=value`. */
  labels(labels: ReadonlyMap<string, unknown>): boolean {
    return this.get("label").every((wish) => {
      const equals = wish.indexOf("=");
      const key = equals < 0 ? wish : wish.slice(0, equals);
      return labels.has(key) && (equals < 0 || String(labels.get(key)) === wish.slice(equals + 1));
    });
  }

  /** The one boolean value of a filter. */
  flag(name: string): boolean | undefined {
    const values = this.get(name);
    if (values.length === 0) {
      return undefined;
    }
    if (values.every((value) => ["1", "true"].includes(value))) {
      return true;
    }
    if (values.every((value) => ["0", "false"].includes(value))) {
      return false;
    }
    throw new EngineFault(400, `Invalid filter '${name}=[${values.join(" ")}]'`);
  }
}

/** Patterns of visitors that are tried as such; longer or wilder ones are compared as text. */
const PATTERN = /^[\w./:@-]*(?:[\^$]?[\w./:@-]*(?:\.\*)?[\w./:@-]*[\^$]?)$/;

function matches(pattern: string, candidate: string): boolean {
  if (pattern.length > 200 || !PATTERN.test(pattern)) {
    return false;
  }
  return new RegExp(pattern).test(candidate);
}

export function parseFilters(text: string): Filters {
  if (text === "") {
    return new Filters(new Map());
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new EngineFault(400, `invalid character '${text.charAt(0)}' looking for beginning of value`);
  }
  const values = new Map<string, readonly string[]>();
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new EngineFault(400, "json: cannot unmarshal into Go value of type map[string][]string");
  }
  for (const [name, wishes] of Object.entries(value)) {
    if (Array.isArray(wishes)) {
      values.set(name, wishes.map(String));
    } else if (wishes !== null && typeof wishes === "object") {
      values.set(name, Object.keys(wishes));
    } else {
      throw new EngineFault(400, "json: cannot unmarshal into Go value of type map[string][]string");
    }
  }
  return new Filters(values);
}
