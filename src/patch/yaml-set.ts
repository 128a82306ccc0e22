import { isMap, isScalar, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import type { TextEdit } from "./text-edit.ts";
import type { Entry, YamlFile } from "./yaml-file.ts";

/** A value to write: a scalar, or a list of scalars and of pieces of YAML in flow style; with a tag before it. */
export interface NewValue {
  readonly tag?: string;
  /** As YAML. */
  readonly scalar?: string;
  /** As YAML. */
  readonly items?: readonly string[];
  /** Keys of mappings to make around it, the outer one first. */
  readonly within?: readonly string[];
}

/** Sets a key of a mapping: in place where it is there, at the end where it is not. */
export function setKey(file: YamlFile, entry: Entry, key: string, value: NewValue): readonly TextEdit[] | undefined {
  const map = entry.value;
  if (!isMap(map)) {
    return undefined;
  }
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
    const space = file.text[from - 1] === ":" ? " " : "";
    return [{ start: from, end, text: `${space}${flowText(file, value)}` }];
  }
  return map.flow === true ? addFlowPair(file, map, key, value) : addBlockPair(file, entry, map, key, value);
}

/** Sets a value at the end of a path of keys below a mapping; mappings that are not there are made. */
export function setPath(
  file: YamlFile,
  entry: Entry,
  path: readonly string[],
  value: NewValue,
): readonly TextEdit[] | undefined {
  const [key = "", ...deeper] = path;
  const child = file.child(entry, key);
  return child !== undefined && deeper.length > 0 && isMap(child.value)
    ? setPath(file, child, deeper, value)
    : setKey(file, entry, key, deeper.length > 0 ? { ...value, within: deeper } : value);
}

/** Turns `web: *base` into a mapping that takes the base over and says one thing of its own. */
export function extendAlias(
  file: YamlFile,
  entry: Entry,
  key: string,
  value: NewValue,
): readonly TextEdit[] | undefined {
  const range = entry.value?.range;
  const alias = entry.value as { source?: string } | null;
  return range == null || alias?.source === undefined
    ? undefined
    : [{ start: range[0], end: range[1], text: `{<<: *${alias.source}, ${key}: ${flowText(file, value)}}` }];
}

function flowText(file: YamlFile, { tag, scalar, items, within = [] }: NewValue): string {
  const value = items === undefined ? (scalar ?? "") : `[${items.join(", ")}]`;
  const inner = tag === undefined ? value : `${tag} ${value}`.trimEnd();
  return within.reduceRight((text, key) => `{${keyText(file, key)}: ${text}}`, inner);
}

/** JSON wants its keys in quotes. */
const keyText = (file: YamlFile, key: string): string => (file.isJson ? JSON.stringify(key) : key);

function addFlowPair(file: YamlFile, map: YAMLMap, key: string, value: NewValue): readonly TextEdit[] {
  const last = map.items.at(-1);
  const pair = `${keyText(file, key)}: ${flowText(file, value)}`;
  if (last === undefined) {
    const start = (map.range?.[0] ?? 0) + 1;
    return [{ start, end: start, text: pair }];
  }
  const lastKey = last.key as Node;
  const node = ((last.value as Node | null) ?? lastKey) satisfies Node;
  const end = Math.max(file.contentEnd(node), lastKey.range?.[1] ?? 0);
  const lead = file.before(lastKey.range?.[0] ?? 0);
  const space = lead.trim() === "" ? `${newlineOf(file)}${lead}` : " ";
  return [{ start: end, end, text: `,${space}${pair}` }];
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
  const step = file.mapIndent();
  const { tag, items, within = [] } = value;
  const keys = [key, ...within];
  const column = first - file.lineStart(first);
  const indent = (level: number) => " ".repeat(column + level * step);
  const lines = keys.map((name, level) => `${indent(level)}${name}:`);
  if (items === undefined || items.length === 0 || tag !== undefined) {
    lines.push(`${lines.pop() ?? ""} ${flowText(file, { ...value, within: [] })}`);
  } else {
    const dash = " ".repeat(column + within.length * step + file.listIndent());
    lines.push(...items.map((item) => `${dash}- ${item}`));
  }
  return [insertLines(file, entry.end, lines.join(newlineOf(file)))];
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
    const lead = last === undefined ? "" : file.before(last.range?.[0] ?? 0);
    const space = last !== undefined && lead.trim() === "" ? `${newlineOf(file)}${lead}` : " ";
    const text = isScalar(last) && last.type === "QUOTE_DOUBLE" && !item.startsWith('"') ? JSON.stringify(item) : item;
    return [{ start: at, end: at, text: last === undefined ? text : `,${space}${text}` }];
  }
  const start = (list.items[0] as Node | undefined)?.range?.[0];
  if (last === undefined || start === undefined) {
    return undefined;
  }
  const dash = file.text.lastIndexOf("-", start - 1);
  const lead = file.before(dash);
  return lead.trim() === "" ? [insertLines(file, file.contentEnd(last), `${lead}- ${item}`)] : undefined;
}
