/** A whole number as Go's strconv reads it, within what JavaScript keeps exact. */
export function parseInteger(text: string): number | undefined {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

/** A number with an optional fraction and exponent. */
export function parseDecimal(text: string): number | undefined {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

const UNITS = "bkmgtp";

/**
 * Bytes of a size such as `512m`, as docker/go-units RAMInBytes reads it: powers of 1024, one letter, `b` and `ib`
 * optional.
 */
export function parseBytes(text: string): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?) ?([bkmgtp])?i?b?$/i.exec(text);
  if (match === null) {
    return undefined;
  }
  const power = UNITS.indexOf((match[2] ?? "b").toLowerCase());
  const bytes = Math.trunc(Number(match[1]) * 1024 ** power);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
