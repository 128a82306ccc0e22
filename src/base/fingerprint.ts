// The 64-bit hash is kept as two halves of 32 bits: numbers are far faster here than bigints.
const OFFSET_HIGH = 0xcbf29ce4;
const OFFSET_LOW = 0x84222325;

/** The prime is 2^40 + 0x1b3. */
const PRIME_LOW = 0x1b3;
const PRIME_SHIFT = 8;

const TWO_32 = 2 ** 32;
const BEYOND_ASCII = /[\u0080-\uffff]/;

const encoder = new TextEncoder();

/**
 * A short stable name for a text: 64-bit FNV-1a as 16 hexadecimal digits. For telling findings apart over time; no
 * protection against somebody who wants two of them to collide.
 */
export function fingerprint(...parts: readonly string[]): string {
  const text = parts.join("\0");
  const bytes = BEYOND_ASCII.test(text) ? encoder.encode(text) : undefined;
  const length = bytes?.length ?? text.length;
  let high = OFFSET_HIGH;
  let low = OFFSET_LOW;
  for (let index = 0; index < length; index += 1) {
    low = (low ^ (bytes === undefined ? text.charCodeAt(index) : (bytes[index] ?? 0))) >>> 0;
    const product = low * PRIME_LOW;
    high = (Math.imul(high, PRIME_LOW) + Math.floor(product / TWO_32) + (low << PRIME_SHIFT)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}
