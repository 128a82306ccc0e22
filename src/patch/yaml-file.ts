import {
  isCollection,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Place } from "../facts/index.ts";

/** A pair of a mapping or an item of a list, and what it stands in. */
export interface Entry {
  /** Where the key, or the item, begins. */
  readonly start: number;
  /** Behind its last character that is neither space nor comment. */
  readonly end: number;
  /** Key of a pair. */
  readonly key: string | undefined;
  readonly value: Node | null;
  readonly holder: YAMLMap | YAMLSeq;
  /** The entry that holds the holder; `undefined` at the top. */
  readonly parent: Entry | undefined;
}

/** A YAML text and where everything stands in it. */
export class YamlFile {
  readonly text: string;
  readonly #entries: Entry[] = [];
  #comments: { start: number; end: number }[] | undefined;
  #lineStarts: number[] | undefined;

  constructor(text: string) {
    this.text = text;
    const documents = parseAllDocuments(text, { uniqueKeys: false, merge: false, schema: "core", logLevel: "silent" });
    for (const document of Array.isArray(documents) ? documents : []) {
      if (isCollection(document.contents)) {
        this.#collect(document.contents as YAMLMap | YAMLSeq, undefined);
      }
    }
  }

  #collect(holder: YAMLMap | YAMLSeq, parent: Entry | undefined): void {
    for (const item of holder.items) {
      const pair = isMap(holder) ? (item as Pair<Node, Node | null>) : undefined;
      const value = (pair === undefined ? item : pair.value) as Node | null;
      const first = (pair?.key ?? value)?.range?.[0] ?? 0;
      const start = pair === undefined ? this.#withProperties(value, first) : first;
      const last = value === null || this.contentEnd(value) < start ? pair?.key : value;
      const key = pair !== undefined && isScalar(pair.key) ? String(pair.key.value) : undefined;
      const entry: Entry = { start, end: last ? this.contentEnd(last) : start, key, value, holder, parent };
      this.#entries.push(entry);
      if (isCollection(value)) {
        this.#collect(value as YAMLMap | YAMLSeq, entry);
      }
    }
  }

  /** An anchor or tag before a node belongs to it. */
  #withProperties(node: Node | null, start: number): number {
    const properties = (isScalar(node) || isCollection(node)) && (node.anchor !== undefined || node.tag !== undefined);
    const before = /(?:[&!][^\s,[\]{}]*\s+)+$/.exec(this.text.slice(Math.max(0, start - 200), start));
    return properties && before !== null ? start - before[0].length : start;
  }

  /** Behind the last character of a node. Block scalars and block collections would take spaces and comments along. */
  contentEnd(node: Node): number {
    if (isCollection(node) && (node as YAMLMap | YAMLSeq).flow !== true) {
      const items = (node as YAMLMap | YAMLSeq).items;
      const last = items.at(-1) as Pair<Node, Node | null> | Node | undefined;
      const value = last !== undefined && "key" in last ? (last.value ?? last.key) : (last as Node | undefined);
      const own = value?.range == null ? (node.range?.[1] ?? 0) : this.contentEnd(value);
      const key = last !== undefined && "key" in last ? (last.key?.range?.[1] ?? 0) : 0;
      return Math.max(own, key);
    }
    const end = node.range?.[1] ?? 0;
    const start = node.range?.[0] ?? 0;
    return start + this.text.slice(start, end).trimEnd().length;
  }

  /** The offset of a place, which counts lines and columns from 1. */
  offsetOf({ line = 1, column = 1 }: Place): number {
    this.#lineStarts ??= Array.from(this.text.matchAll(/^|(?<=\n)/g), (found) => found.index);
    return (this.#lineStarts[line - 1] ?? 0) + column - 1;
  }

  /** The innermost entry that was meant by a place: one whose key, value or item begins there. */
  entryAt(place: Place): Entry | undefined {
    const offset = this.offsetOf(place);
    return this.#entries.findLast((entry) => entry.start === offset || (entry.value?.range?.[0] ?? -1) === offset);
  }

  /** The entry that begins at an offset; of a pair and the item that it begins, the one that is meant by its key. */
  entryStarting(start: number, key: string | undefined): Entry | undefined {
    return this.#entries.find((entry) => entry.start === start && entry.key === key);
  }

  /** The entry at the end of a path of keys from the top of a document. */
  entryOf(path: readonly string[]): Entry | undefined {
    return this.#entries.find((entry) => samePath(entry, path));
  }

  /** The pair of a key, or the item of an index, in the value of an entry. */
  child(entry: Entry, part: string | number): Entry | undefined {
    const { value } = entry;
    return isCollection(value) ? this.#held(value as YAMLMap | YAMLSeq, part) : undefined;
  }

  /** The pair of a key beside another one; at the top of its document too. */
  beside(entry: Entry, key: string): Entry | undefined {
    return this.#held(entry.holder, key);
  }

  #held(holder: YAMLMap | YAMLSeq, part: string | number): Entry | undefined {
    const held = this.#entries.filter((entry) => entry.holder === holder);
    return typeof part === "number" ? held[part] : held.find(({ key }) => key === part);
  }

  /** The item of a list that begins at a place. */
  itemAt(place: Place): Entry | undefined {
    const offset = this.offsetOf(place);
    return this.#entries.find(
      ({ holder, start, value }) => isSeq(holder) && (start === offset || value?.range?.[0] === offset),
    );
  }

  /** The text is JSON, which YAML takes in but which takes little of YAML. */
  get isJson(): boolean {
    return /^\uFEFF?\s*[[{]/.test(this.text);
  }

  /** Whether an entry lies in another. */
  isWithin(inner: Entry, outer: Entry): boolean {
    return inner === outer || (inner.parent !== undefined && this.isWithin(inner.parent, outer));
  }

  /** Comments of the text that begin in a range. */
  commentsIn(start: number, end: number): readonly string[] {
    this.#comments ??= commentsOf(this.text);
    return this.#comments
      .filter((comment) => comment.start >= start && comment.start < end)
      .map((comment) => this.text.slice(comment.start, comment.end));
  }

  lineStart(offset: number): number {
    return this.text.lastIndexOf("\n", offset - 1) + 1;
  }

  /** Index of the line's end, before its `\n`. */
  lineEnd(offset: number): number {
    const end = this.text.indexOf("\n", offset);
    return end < 0 ? this.text.length : end;
  }

  /** What stands before an offset on its line. */
  before(offset: number): string {
    return this.text.slice(this.lineStart(offset), offset);
  }

  /** How much deeper than its key a mapping in block style stands in this file. */
  mapIndent(): number {
    for (const { value, start, key } of this.#entries) {
      const first = isMap(value) && value.flow !== true ? (value.items[0]?.key as Node | undefined)?.range?.[0] : 0;
      if (key !== undefined && first !== undefined && first > 0) {
        return Math.max(1, first - this.lineStart(first) - (start - this.lineStart(start)));
      }
    }
    return 2;
  }

  /** How much deeper than its key a list in block style stands in this file. */
  listIndent(): number {
    for (const { value, start, holder } of this.#entries) {
      if (isSeq(value) && value.flow !== true && value.items.length > 0 && isMap(holder)) {
        const first = (value.items[0] as Node | null)?.range?.[0];
        const dash = first === undefined ? -1 : this.text.lastIndexOf("-", first - 1);
        if (dash > start) {
          return Math.max(0, dash - this.lineStart(dash) - (start - this.lineStart(start)));
        }
      }
    }
    return 2;
  }
}

function samePath(entry: Entry, path: readonly string[]): boolean {
  const rest = path.slice(0, -1);
  return (
    entry.key === path.at(-1) &&
    (rest.length === 0 ? entry.parent === undefined : entry.parent !== undefined && samePath(entry.parent, rest))
  );
}

function commentsOf(text: string): { start: number; end: number }[] {
  const comments: { start: number; end: number }[] = [];
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    // Marks of the lexer (start of a document, of a scalar) are no part of the text.
    if (token === "\u0002" || token === "\u0018" || token === "\u001f") {
      continue;
    }
    if (token.startsWith("#")) {
      comments.push({ start: offset, end: offset + token.trimEnd().length });
    }
    offset += token.length;
  }
  return comments;
}
