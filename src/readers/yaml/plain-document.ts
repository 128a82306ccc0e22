import { FlowReader } from "./flow.ts";
import { YAML_DEPTH_MAX } from "./limits.ts";
import { resolvePlain } from "./scalar.ts";
import type { DocumentText } from "./split.ts";
import { listOf, type MapEntry, mapOf, scalarOf, type TreeNode } from "./tree.ts";

/** A line that says something. */
interface Line {
  /** Where its first character is that is no space. */
  start: number;
  readonly end: number;
  indent: number;
}

/** Something that the full parser has to look at. Thrown within this file only. */
class NotPlain extends Error {}

const KEY = /(?:([A-Za-z_][\w./-]*)|"([^"\\\n]*)"|'([^'\n]*)')[ ]*:(?=[ \n]|$)/y;

/** First characters of values that are not plain text. */
const INDICATOR = /^[-?:,[\]{}#&*!|>'"%@`]/;

/**
 * Reads the YAML that people and tools write nearly always: block mappings and sequences, flow collections, scalars on
 * one line, literal blocks. Fifty times faster than the full parser, of which it is a part: `undefined` for everything
 * that it does not read exactly as that one does (anchors, tags, text over several lines, anything broken). A property
 * test holds the two together.
 */
export function readPlainDocument({ text, offset }: DocumentText): TreeNode | undefined {
  // Tabs, carriage returns and control characters are for the full parser.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (/[\u0000-\u0009\u000b-\u001f\u007f\u0085\u2028\u2029\ufeff]/.test(text)) {
    return undefined;
  }
  try {
    const root = new PlainReader(text, offset).document();
    return root.depth > YAML_DEPTH_MAX ? undefined : root;
  } catch (error) {
    if (error instanceof NotPlain || error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

class PlainReader {
  readonly #text: string;
  readonly #base: number;
  readonly #lines: Line[] = [];
  #next = 0;

  constructor(text: string, base: number) {
    this.#text = text;
    this.#base = base;
  }

  document(): TreeNode {
    this.#split();
    const first = this.#lines[0];
    if (first === undefined || (this.#base > 0 && first.start < this.#text.indexOf("\n"))) {
      throw new NotPlain(); // nothing, or something on the line of the separator
    }
    const opening = this.#text[first.start];
    const root = opening === "{" || opening === "[" ? this.#flow(first.start, -1) : this.#block(first.indent, 1);
    if (this.#next < this.#lines.length) {
      throw new NotPlain();
    }
    return root;
  }

  /** Lines without comments and empty ones. */
  #split(): void {
    const text = this.#text;
    for (let from = 0; from <= text.length; ) {
      const newline = text.indexOf("\n", from);
      const end = newline === -1 ? text.length : newline;
      let start = from;
      while (start < end && text[start] === " ") {
        start += 1;
      }
      if (start < end && text[start] !== "#") {
        this.#lines.push({ start, end, indent: start - from });
      }
      from = end + 1;
    }
  }

  #block(indent: number, depth: number): TreeNode {
    if (depth > YAML_DEPTH_MAX) {
      throw new NotPlain();
    }
    const line = this.#lines[this.#next];
    if (line === undefined || line.indent !== indent) {
      throw new NotPlain();
    }
    return this.#isItem(line) ? this.#sequence(indent, depth) : this.#mapping(indent, depth);
  }

  #isItem(line: Line): boolean {
    const after = this.#text[line.start + 1];
    return this.#text[line.start] === "-" && (after === " " || after === "\n" || after === undefined);
  }

  #sequence(indent: number, depth: number): TreeNode {
    const items: TreeNode[] = [];
    const start = this.#lines[this.#next]?.start ?? 0;
    for (;;) {
      const line = this.#lines[this.#next];
      if (line === undefined || line.indent < indent) {
        break;
      }
      if (line.indent !== indent) {
        throw new NotPlain();
      }
      if (!this.#isItem(line)) {
        break; // the next key of a mapping whose sequences are not indented
      }
      let content = line.start + 1;
      while (content < line.end && this.#text[content] === " ") {
        content += 1;
      }
      if (content >= line.end || this.#text[content] === "#") {
        throw new NotPlain();
      }
      const column = indent + (content - line.start);
      if (this.#isKey(content) || this.#isItem({ ...line, start: content })) {
        // What follows the dash is the first line of a block.
        line.indent = column;
        line.start = content;
        items.push(this.#block(column, depth + 1));
      } else {
        items.push(this.#value(content, line, indent));
      }
    }
    return listOf(items, this.#base + start);
  }

  #isKey(at: number): boolean {
    KEY.lastIndex = at;
    return KEY.test(this.#text);
  }

  #mapping(indent: number, depth: number): TreeNode {
    const entries = new Map<string, MapEntry>();
    const start = this.#lines[this.#next]?.start ?? 0;
    for (;;) {
      const line = this.#lines[this.#next];
      if (line === undefined || line.indent < indent) {
        break;
      }
      KEY.lastIndex = line.start;
      const match = line.indent === indent ? KEY.exec(this.#text) : null;
      if (match === null) {
        throw new NotPlain();
      }
      const key = match[1] === undefined ? (match[2] ?? match[3] ?? "") : String(resolvePlain(match[1]));
      if (entries.has(key)) {
        throw new NotPlain();
      }
      const keyOffset = this.#base + line.start;
      let content = line.start + match[0].length;
      while (content < line.end && this.#text[content] === " ") {
        content += 1;
      }
      const empty = content >= line.end || this.#text[content] === "#";
      entries.set(key, {
        keyOffset,
        value: empty ? this.#nested(indent, depth, keyOffset) : this.#value(content, line, indent),
      });
    }
    return mapOf(entries, this.#base + start);
  }

  /** What stands below `key:`. A sequence may be as far left as its key. */
  #nested(indent: number, depth: number, keyOffset: number): TreeNode {
    this.#next += 1;
    const line = this.#lines[this.#next];
    if (line !== undefined && (line.indent > indent || (line.indent === indent && this.#isItem(line)))) {
      if (line.indent > indent && !this.#isItem(line) && !this.#isKey(line.start)) {
        throw new NotPlain(); // a scalar on a line of its own
      }
      return this.#block(line.indent, depth + 1);
    }
    return scalarOf(null, keyOffset);
  }

  /** A value that begins on the line of its key or dash. */
  #value(at: number, line: Line, indent: number): TreeNode {
    const first = this.#text[at];
    if (first === "|") {
      return this.#literal(at, line, indent);
    }
    if (first === "[" || first === "{") {
      return this.#flow(at, indent);
    }
    this.#next += 1;
    const following = this.#lines[this.#next];
    if (following !== undefined && following.indent > indent) {
      throw new NotPlain(); // text over several lines, or broken
    }
    const written = this.#text.slice(at, line.end);
    if (first === '"' || first === "'") {
      return scalarOf(quoted(written), this.#base + at);
    }
    return scalarOf(plain(written), this.#base + at);
  }

  #flow(at: number, indent: number): TreeNode {
    const reader = new FlowReader(this.#text, this.#base, at, indent);
    const node = reader.read();
    if (node === undefined) {
      throw new NotPlain();
    }
    const newline = this.#text.indexOf("\n", reader.at);
    const rest = this.#text.slice(reader.at, newline === -1 ? undefined : newline);
    if (!/^[ ]*$|^[ ]+#/.test(rest)) {
      throw new NotPlain();
    }
    while ((this.#lines[this.#next]?.start ?? Number.POSITIVE_INFINITY) < reader.at) {
      this.#next += 1;
    }
    return node;
  }

  /** `|`, `|-` and `|+` without a number. */
  #literal(at: number, line: Line, indent: number): TreeNode {
    const chomping = /^\|([-+]?)[ ]*(?:[ ]#.*)?$/.exec(this.#text.slice(at, line.end))?.[1];
    const first = this.#lines[this.#next + 1];
    if (chomping === undefined || first === undefined || first.indent <= indent) {
      throw new NotPlain();
    }
    // Lines that look like comments belong to the text, so they are counted anew.
    const collected: string[] = [];
    let width: number | undefined;
    let from = line.end + 1;
    for (; from <= this.#text.length; ) {
      const newline = this.#text.indexOf("\n", from);
      const end = newline === -1 ? this.#text.length : newline;
      const written = this.#text.slice(from, end);
      const spaces = /^ */.exec(written)?.[0].length ?? 0;
      if (spaces < written.length) {
        width ??= spaces;
        if (spaces < width) {
          break;
        }
      } else if (width === undefined && spaces > 0) {
        throw new NotPlain(); // leading lines of spaces have rules of their own
      }
      collected.push(width === undefined ? "" : written.slice(width));
      from = end + 1;
    }
    if (width === undefined || width <= indent) {
      throw new NotPlain();
    }
    while ((this.#lines[this.#next]?.start ?? Number.POSITIVE_INFINITY) < from) {
      this.#next += 1;
    }
    return scalarOf(chomped(collected, chomping), this.#base + at);
  }
}

function chomped(lines: readonly string[], chomping: string): string {
  let end = lines.length;
  while (end > 0 && lines[end - 1] === "") {
    end -= 1;
  }
  const text = lines.slice(0, end).join("\n");
  if (chomping === "-") {
    return text;
  }
  // What is kept of empty lines at the end of a text without a final newline is for the full parser.
  if (chomping === "+" || lines.slice(end).length > 1) {
    throw new NotPlain();
  }
  return `${text}\n`;
}

/** Text in quotes up to the end of its line. */
function quoted(written: string): string {
  const text = written.replace(/[ ]+#.*$|[ ]+$/, (rest, at: number) => (isInsideQuotes(written, at) ? rest : ""));
  if (text[0] === "'" && /^'(?:[^']|'')*'$/.test(text)) {
    return text.slice(1, -1).replaceAll("''", "'");
  }
  if (text[0] === '"' && /^"(?:[^"\\]|\\["\\/nrt])*"$/.test(text)) {
    return JSON.parse(text) as string;
  }
  throw new NotPlain();
}

function isInsideQuotes(written: string, at: number): boolean {
  const close = written.lastIndexOf(written[0] ?? "");
  return at < close;
}

/** Text without quotes up to the end of its line. */
function plain(written: string): string | number | boolean | null {
  if (INDICATOR.test(written) && !/^[-?:][^ ,[\]{}]/.test(written)) {
    throw new NotPlain();
  }
  const text = written.replace(/[ ]+#.*$/, "").trimEnd();
  if (/:(?:[ ]|$)/.test(text)) {
    throw new NotPlain();
  }
  return resolvePlain(text);
}
