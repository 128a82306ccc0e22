import { YAML_DEPTH_MAX } from "./limits.ts";
import { resolvePlain } from "./scalar.ts";
import { listOf, type MapEntry, mapOf, scalarOf, type TreeNode } from "./tree.ts";

const QUOTED = /"(?:[^"\\\n]|\\["\\/nrt])*"|'(?:[^'\n]|'')*'/y;
const PLAIN = /[A-Za-z0-9_./$][^\n,[\]{}:#&*!|>'"%@`?\\]*/y;
/** Text with a colon inside, such as `nginx:1.29` and `s0:c1`. */
const PLAIN_WITH_COLON = /[A-Za-z0-9_./$](?:[^\n,[\]{}:#&*!|>'"%@`?\\]|:(?=[^\s,[\]{}]))*/y;
const KEY_END = /[ ]*:(?=[ \n,\]}])/y;
const JSON_KEY_END = /[ ]*:/y;

/** Reads flow collections of scalars in quotes or on one line: JSON, and what people write between brackets. */
export class FlowReader {
  readonly #text: string;
  readonly #base: number;
  readonly #indent: number;
  /** Where the next character is read; after the collection when it was read. */
  at: number;

  constructor(text: string, base: number, at: number, indent: number) {
    this.#text = text;
    this.#base = base;
    this.#indent = indent;
    this.at = at;
  }

  /** The collection that begins here; `undefined` when there is something in it that is for the full parser. */
  read(depth = 1): TreeNode | undefined {
    if (depth > YAML_DEPTH_MAX) {
      return undefined;
    }
    return this.#text[this.at] === "[" ? this.#list(depth) : this.#map(depth);
  }

  /** Skips space and lines. Lines of a flow collection stand further right than what holds it. */
  #skip(): boolean {
    for (;;) {
      const character = this.#text[this.at];
      if (character === "\n") {
        let start = this.at + 1;
        while (this.#text[start] === " ") {
          start += 1;
        }
        const column = start - this.at - 1;
        const next = this.#text[start];
        if (next !== "\n" && next !== undefined && column <= this.#indent) {
          return false;
        }
        this.at = start;
      } else if (character === " ") {
        this.at += 1;
      } else {
        return character !== undefined && character !== "#";
      }
    }
  }

  #list(depth: number): TreeNode | undefined {
    const start = this.at;
    const items: TreeNode[] = [];
    this.at += 1;
    if (!this.#skip()) {
      return undefined;
    }
    while (this.#text[this.at] !== "]") {
      const item = this.#item(depth);
      if (item === undefined || !this.#separator("]")) {
        return undefined;
      }
      items.push(item);
    }
    this.at += 1;
    return listOf(items, this.#base + start);
  }

  #map(depth: number): TreeNode | undefined {
    const start = this.at;
    const entries = new Map<string, MapEntry>();
    this.at += 1;
    if (!this.#skip()) {
      return undefined;
    }
    while (this.#text[this.at] !== "}") {
      const keyOffset = this.#base + this.at;
      const isQuoted = this.#text[this.at] === '"' || this.#text[this.at] === "'";
      const key = this.#scalar(PLAIN);
      const colon = isQuoted ? JSON_KEY_END : KEY_END;
      if (key === undefined || !this.#take(colon) || !this.#skip()) {
        return undefined;
      }
      const name = String(key);
      if (name === "<<" || entries.has(name)) {
        return undefined;
      }
      const empty = this.#text[this.at] === "," || this.#text[this.at] === "}";
      const value = empty ? scalarOf(null, keyOffset) : this.#item(depth);
      if (value === undefined || !this.#separator("}")) {
        return undefined;
      }
      entries.set(name, { keyOffset, value });
    }
    this.at += 1;
    return mapOf(entries, this.#base + start);
  }

  #item(depth: number): TreeNode | undefined {
    const character = this.#text[this.at];
    if (character === "[" || character === "{") {
      return this.read(depth + 1);
    }
    const offset = this.#base + this.at;
    const value = this.#scalar(PLAIN_WITH_COLON);
    return value === undefined ? undefined : scalarOf(value, offset);
  }

  /** `null` is a value, `undefined` is none. */
  #scalar(pattern: RegExp): string | number | boolean | null | undefined {
    const quoted = this.#match(QUOTED);
    if (quoted !== undefined) {
      this.at += quoted.length;
      return quoted[0] === '"' ? (JSON.parse(quoted) as string) : quoted.slice(1, -1).replaceAll("''", "'");
    }
    const plain = this.#match(pattern)?.trimEnd();
    if (plain === undefined || plain === "") {
      return undefined;
    }
    this.at += plain.length;
    return resolvePlain(plain);
  }

  /** A comma, or the end; a comma before the end is allowed. */
  #separator(end: "]" | "}"): boolean {
    if (!this.#skip()) {
      return false;
    }
    if (this.#text[this.at] === ",") {
      this.at += 1;
      return this.#skip();
    }
    return this.#text[this.at] === end;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.#text)?.[0];
  }

  #take(pattern: RegExp): boolean {
    const found = this.#match(pattern);
    this.at += found?.length ?? 0;
    return found !== undefined;
  }
}
