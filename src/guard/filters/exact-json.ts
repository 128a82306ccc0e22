/** A number that JavaScript might round. Sixteen digits is the first length at which it can. */
const LONG_NUMBER = /\d{16}/;

/** What TypeScript's library does not list yet (JSON.parse source text access, in V8 since 11.4). */
interface ExactJson {
  rawJSON(text: string): unknown;
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
}

const exact = JSON as unknown as ExactJson;

/**
 * Reads JSON so that `JSON.stringify` writes every number back as it stood: the engine's nanoseconds are larger than
 * what JavaScript holds exactly.
 *
 * @throws {SyntaxError}
 */
export function parseExact(text: string): unknown {
  if (!LONG_NUMBER.test(text)) {
    return JSON.parse(text);
  }
  return exact.parse(text, (_key, value, { source }) =>
    typeof value === "number" && !Number.isSafeInteger(value) && source !== undefined ? exact.rawJSON(source) : value,
  );
}
