/** Chance that is the same for the same seed: what makes an installation look like no other, and like itself again. */
import { createHash, randomBytes } from "node:crypto";

/** A stream of numbers that its name determines. */
export class Random {
  readonly #name: string;
  #block = Buffer.alloc(0);
  #count = 0;

  constructor(...name: readonly (string | number)[]) {
    this.#name = name.join("\u0000");
  }

  /** A whole number below `limit`. */
  below(limit: number): number {
    return Math.floor((this.#word() / 0x1_0000_0000) * limit);
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** A number from 0 to below 1. */
  fraction(): number {
    return this.#word() / 0x1_0000_0000;
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  hex(digits: number): string {
    let text = "";
    while (text.length < digits) {
      text += this.#word().toString(16).padStart(8, "0");
    }
    return text.slice(0, digits);
  }

  letters(alphabet: string, count: number): string {
    return Array.from({ length: count }, () => alphabet.charAt(this.below(alphabet.length))).join("");
  }

  #word(): number {
    if (this.#block.length < 4) {
      this.#block = createHash("sha256").update(`${this.#name}\u0000${this.#count}`).digest();
      this.#count += 1;
    }
    const word = this.#block.readUInt32BE(0);
    this.#block = this.#block.subarray(4);
    return word;
  }
}

/** The hash of some names, 64 hex digits: an id that stays the same. */
export function stableId(...names: readonly (string | number)[]): string {
  return createHash("sha256").update(names.join("\u0000")).digest("hex");
}

/** A new id, 64 hex digits. Docker takes none that could be read as a number in its first twelve digits. */
export function newId(): string {
  for (;;) {
    const id = randomBytes(32).toString("hex");
    if (!/^\d{12}/.test(id)) {
      return id;
    }
  }
}
