const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const MASK = 0xffffffffffffffffn;

/**
 * A short stable name for a text: 64-bit FNV-1a as 16 hexadecimal digits. For telling findings apart over time; no
 * protection against somebody who wants two of them to collide.
 */
export function fingerprint(...parts: readonly string[]): string {
  let hash = OFFSET;
  for (const byte of new TextEncoder().encode(parts.join("\0"))) {
    hash = ((hash ^ BigInt(byte)) * PRIME) & MASK;
  }
  return hash.toString(16).padStart(16, "0");
}
