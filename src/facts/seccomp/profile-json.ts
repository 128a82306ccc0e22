/**
 * JSON as Go's encoding/json takes it, for a profile that travels as text inside another document: keys match without
 * regard to case, `null` is the same as absent, and a value of the wrong type is an error.
 *
 * Where a key stands twice Go merges the second value into the first one in ways that differ by version, so such a
 * text is not read at all. The reader of whole request bodies is src/engine/go-json.ts; this folder may not import it.
 */

/** Characters that a profile may have; the engine's own has 14 000. */
export const SECCOMP_PROFILE_CHARACTERS_MAX = 1024 * 1024;

/** An object by the folded names of its keys. */
export type Fields = ReadonlyMap<string, unknown>;

/** Parses a text that must be one object. `undefined`: it is not, it is too long, or a key stands twice. */
export function parseObject(text: string): Fields | undefined {
  if (text.length > SECCOMP_PROFILE_CHARACTERS_MAX) {
    return undefined;
  }
  const value = parseJson(text);
  return value === undefined || countKeys(value) !== countWrittenKeys(text) ? undefined : fieldsOf(value);
}

/** An object's fields; `undefined` when it is no object or two of its keys fold to one. */
export function fieldsOf(value: unknown): Fields | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return undefined;
  }
  const entries = Object.entries(value);
  const fields = new Map(entries.map(([key, field]) => [foldKey(key), field]));
  return fields.size === entries.length ? fields : undefined;
}

/** A list of strings; empty when absent, `undefined` when it is something else. */
export function stringsOf(value: unknown): readonly string[] | undefined {
  const list = listOf(value);
  return list?.every((item) => typeof item === "string") ? list : undefined;
}

/** A list; empty when absent, `undefined` when it is something else. */
export function listOf(value: unknown): readonly unknown[] | undefined {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** Go's simple folding: besides the letters of ASCII, the long s and the Kelvin sign have a partner there. */
const foldKey = (key: string): string => key.replaceAll("\u017f", "s").replaceAll("\u212a", "k").toLowerCase();

/** Keys in the text: strings that a colon follows. The text is known to be JSON. */
function countWrittenKeys(text: string): number {
  let keys = 0;
  for (const match of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"([ \t\r\n]*:)?/g)) {
    keys += match[1] === undefined ? 0 : 1;
  }
  return keys;
}

function countKeys(root: unknown): number {
  let keys = 0;
  const rest: unknown[] = [root];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === "object" && value !== null) {
      const children = Object.values(value);
      keys += Array.isArray(value) ? 0 : children.length;
      for (const child of children) {
        rest.push(child);
      }
    }
  }
  return keys;
}
