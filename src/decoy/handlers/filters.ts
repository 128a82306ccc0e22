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

  /** The one boolean value of a filter; `words` is how a wrong one is refused. */
  flag(name: string, words?: string): boolean | undefined {
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
    throw new EngineFault(400, words ?? `Invalid filter '${name}=[${values.join(" ")}]'`);
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

/** Refuses with 500, as the lists of 20.10 do; volumes say what they were reading, and answer 400. */
export function parseFilters(text: string, what?: string): Filters {
  const refuse = (message: string): EngineFault =>
    what === undefined ? new EngineFault(500, message) : new EngineFault(400, `error reading ${what}: ${message}`);
  if (text === "") {
    return new Filters(new Map());
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse(`invalid character '${text.charAt(0)}' looking for beginning of value`);
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw refuse(`json: cannot unmarshal ${kindOf(value)} into Go value of type map[string]map[string]bool`);
  }
  const values = new Map<string, readonly string[]>();
  for (const [name, wishes] of Object.entries(value)) {
    if (Array.isArray(wishes)) {
      values.set(name, wishes.map(String));
      continue;
    }
    const wrong =
      wishes !== null && typeof wishes === "object"
        ? Object.values(wishes).find((item) => typeof item !== "boolean")
        : wishes;
    if (wrong !== undefined) {
      throw refuse(
        `json: cannot unmarshal ${kindOf(wrong)} into Go value of type ${wrong === wishes ? "map[string]bool" : "bool"}`,
      );
    }
    values.set(name, Object.keys(wishes as object));
  }
  return new Filters(values);
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "array" : typeof value === "boolean" ? "bool" : typeof value;
}
