import { isUtf8 } from "node:buffer";

/** Bytes as the text that Go's decoder sees. */
export interface GoText {
  readonly text: string;
  /** The bytes were not UTF-8: something was replaced by U+FFFD. */
  readonly repaired: boolean;
}

/**
 * Decodes bytes the way Go does: every byte that is not part of valid UTF-8 becomes one U+FFFD. `TextDecoder` makes one
 * U+FFFD of a whole cut-off sequence, and drops a byte order mark that Go refuses.
 */
export function decodeGoText(bytes: Uint8Array): GoText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) {
    return { text: buffer.toString("utf8"), repaired: false };
  }
  const parts: string[] = [];
  let validFrom = 0;
  for (let at = 0; at < buffer.length; ) {
    const length = sequenceLength(buffer, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(buffer.toString("utf8", validFrom, at), "\uFFFD");
    at += 1;
    validFrom = at;
  }
  parts.push(buffer.toString("utf8", validFrom));
  return { text: parts.join(""), repaired: true };
}

/** Bytes of the UTF-8 sequence that begins here; 0 when there is none (Unicode 16, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) {
    return 1;
  }
  const length = lead >= 0xc2 && lead < 0xe0 ? 2 : (lead & 0xf0) === 0xe0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  const second = bytes[at + 1] ?? 0;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (length === 0 || second < lowest || second > highest) {
    return 0;
  }
  for (let index = 2; index < length; index++) {
    if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) {
      return 0;
    }
  }
  return length;
}
