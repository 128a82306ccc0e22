/** Numbers that belong to one installation: the same for the same words, whoever asks. */

/** From 0 to 1. */
export function fractionOf(...words: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const character of words.join("\0")) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  return ((hash ^ (hash >>> 12)) >>> 0) / 2 ** 32;
}

/** A whole number, both ends included. */
export const numberOf = (least: number, most: number, ...words: readonly string[]): number =>
  least + Math.floor(fractionOf(...words) * (most - least + 1));
