import { isCollection, isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import type { TextEdit } from "./text-edit.ts";
import type { Entry, YamlFile } from "./yaml-file.ts";

/**
 * Takes an entry out: its lines where it stands in block style, itself and its comma where it stands in flow style. Its
 * comments stay. A holder that is left empty goes with it, up to but without `keep`. `undefined`: it cannot be done.
 */
export function removeEntry(file: YamlFile, entry: Entry, keep: Entry): readonly TextEdit[] | undefined {
  if (entry === keep || !file.isWithin(entry, keep)) {
    return undefined;
  }
  if (entry.holder.items.length === 1 && entry.parent !== undefined && entry.parent !== keep) {
    return removeEntry(file, entry.parent, keep);
  }
  if (entry.holder.flow === true) {
    return [flowRemoval(file, entry)];
  }
  if (entry.holder.items.length === 1) {
    // The last key of what is kept: an empty mapping is left.
    return [{ start: entry.start, end: entry.end, text: "{}" }];
  }
  return blockRemoval(file, entry);
}

function flowRemoval(file: YamlFile, { start, end }: Entry): TextEdit {
  const { text } = file;
  const after = /^\s*,[ \t]*/.exec(text.slice(end))?.[0];
  if (after !== undefined) {
    const whole = { start, end: end + after.length };
    // A line of its own goes as a line, unless a comment stands behind it.
    const lineEnd = file.lineEnd(whole.end);
    return file.before(start).trim() === "" && text.slice(whole.end, lineEnd).trim() === "" && lineEnd < text.length
      ? { start: file.lineStart(start), end: lineEnd + 1, text: "" }
      : { ...whole, text: "" };
  }
  const before = /,\s*$/.exec(text.slice(Math.max(0, start - 1000), start))?.[0];
  return { start: start - (before?.length ?? 0), end, text: "" };
}

function blockRemoval(file: YamlFile, entry: Entry): readonly TextEdit[] | undefined {
  const { text } = file;
  const isItem = entry.key === undefined && isSeq(entry.holder);
  const dash = isItem ? text.lastIndexOf("-", entry.start - 1) : entry.start;
  const lead = file.before(dash);
  if (dash < 0 || lead.trim() !== "") {
    return undefined; // the first key behind a dash: `- type: bind`
  }
  const start = file.lineStart(dash);
  const lineEnd = file.lineEnd(entry.end);
  const comments = file.commentsIn(start, lineEnd + 1);
  const kept = comments.map((comment) => `${lead}${comment}\n`).join("");
  const end = Math.min(lineEnd + 1, text.length);
  // The last line of a text without a line end: the one before it ends the text then.
  const open = lineEnd === text.length && kept === "" && start > 0;
  return [{ start: open ? start - 1 : start, end, text: kept }];
}

/** Puts another value in the place of a value that is no collection, in its quotes. */
export function replaceScalar(node: Node, value: string): readonly TextEdit[] | undefined {
  const range = node.range;
  if (!isScalar(node) || range == null) {
    return undefined;
  }
  const quoted =
    node.type === "QUOTE_DOUBLE"
      ? JSON.stringify(value)
      : node.type === "QUOTE_SINGLE"
        ? `'${value.replaceAll("'", "''")}'`
        : node.type === "PLAIN"
          ? scalarText(value)
          : undefined;
  return quoted === undefined ? undefined : [{ start: range[0], end: range[1], text: quoted }];
}

/** A value to write: a scalar, or a list of scalars and of pieces of YAML in flow style; with a tag before it. */
export interface NewValue {
  readonly tag?: string;
  /** As YAML. */
  readonly scalar?: string;
  /** As YAML. */
  readonly items?: readonly string[];
}

/** Sets a key of a mapping: in place where it is there, at the end where it is not. */
export function setKey(file: YamlFile, entry: Entry, key: string, value: NewValue): readonly TextEdit[] | undefined {
  const map = entry.value;
  if (isMap(map)) {
    const own = map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
    const old = own?.value as Node | null | undefined;
    if (own !== undefined) {
      const keyEnd = (own.key as Node).range?.[1] ?? 0;
      const start = old?.range == null ? keyEnd + 1 : old.range[0];
      const from = file.text.slice(keyEnd, start).includes("\n") ? keyEnd + 1 : start;
      const end = old?.range == null ? start : file.contentEnd(old);
      // Comments inside what is replaced would be lost.
      if (file.commentsIn(from, end).length > 0) {
        return undefined;
      }
      const space = from === start && old?.range != null ? "" : " ";
      return [{ start: from, end, text: `${space}${flowText(value)}` }];
    }
    return map.flow === true ? addFlowPair(file, map, key, value) : addBlockPair(file, entry, map, key, value);
  }
  return undefined;
}

/** Turns `web: *base` into a mapping that takes the base over and says one thing of its own. */
export function extendAlias(entry: Entry, key: string, value: NewValue): readonly TextEdit[] | undefined {
  const range = entry.value?.range;
  const alias = entry.value as { source?: string } | null;
  return range == null || alias?.source === undefined
    ? undefined
    : [{ start: range[0], end: range[1], text: `{<<: *${alias.source}, ${key}: ${flowText(value)}}` }];
}

function flowText({ tag, scalar, items }: NewValue): string {
  const value = items === undefined ? (scalar ?? "") : `[${items.join(", ")}]`;
  return tag === undefined ? value : `${tag} ${value}`.trimEnd();
}

function addFlowPair(file: YamlFile, map: YAMLMap, key: string, value: NewValue): readonly TextEdit[] {
  const last = map.items.at(-1);
  const pair = `${key}: ${flowText(value)}`;
  if (last === undefined) {
    const start = (map.range?.[0] ?? 0) + 1;
    return [{ start, end: start, text: pair }];
  }
  const node = ((last.value as Node | null) ?? (last.key as Node)) satisfies Node;
  const end = Math.max(file.contentEnd(node), (last.key as Node).range?.[1] ?? 0);
  return [{ start: end, end, text: `, ${pair}` }];
}

function addBlockPair(
  file: YamlFile,
  entry: Entry,
  map: YAMLMap,
  key: string,
  value: NewValue,
): readonly TextEdit[] | undefined {
  const first = (map.items[0]?.key as Node | undefined)?.range?.[0];
  if (first === undefined) {
    return undefined;
  }
  const column = first - file.lineStart(first);
  const indent = " ".repeat(column);
  const deeper = " ".repeat(column + file.listIndent());
  const { tag, items } = value;
  const body =
    items === undefined || items.length === 0 || tag !== undefined
      ? `${indent}${key}: ${flowText(value)}`
      : [`${indent}${key}:`, ...items.map((item) => `${deeper}- ${item}`)].join(newlineOf(file));
  return [insertLines(file, entry.end, body)];
}

const newlineOf = (file: YamlFile): string => (file.text.includes("\r\n") ? "\r\n" : "\n");

/** Puts lines behind the line in which something ends. */
function insertLines(file: YamlFile, after: number, body: string): TextEdit {
  const end = file.lineEnd(after);
  const newline = newlineOf(file);
  return end === file.text.length
    ? { start: end, end, text: `${newline}${body}` }
    : { start: end + 1, end: end + 1, text: `${body}${newline}` };
}

/** Adds an item at the end of a list, in the list's style. */
export function appendItem(file: YamlFile, list: YAMLSeq, item: string): readonly TextEdit[] | undefined {
  const last = list.items.at(-1) as Node | undefined;
  if (list.flow === true) {
    const at = last === undefined ? (list.range?.[0] ?? 0) + 1 : file.contentEnd(last);
    return [{ start: at, end: at, text: last === undefined ? item : `, ${item}` }];
  }
  const start = (list.items[0] as Node | undefined)?.range?.[0];
  if (last === undefined || start === undefined) {
    return undefined;
  }
  const dash = file.text.lastIndexOf("-", start - 1);
  const lead = file.before(dash);
  return lead.trim() === "" ? [insertLines(file, file.contentEnd(last), `${lead}- ${item}`)] : undefined;
}

/** A text as a YAML scalar: plain where every reader of YAML 1.1 and 1.2 takes it for the same text. */
export function scalarText(value: string): string {
  const plain =
    /^[A-Za-z_/][\w./@+-]*(?:[:=][\w./@+-]+)*$/.test(value) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value);
  return plain || /^(?:true|false)$/.test(value) ? value : JSON.stringify(value);
}

/** The text of a node as it stands, where it is one line. */
export function sourceOf(file: YamlFile, node: Node | null): string | undefined {
  const range = node?.range;
  if (node === null || range == null) {
    return undefined;
  }
  const text = file.text.slice(range[0], file.contentEnd(node));
  return isCollection(node) && (node as YAMLMap).flow !== true ? undefined : text.includes("\n") ? undefined : text;
}
