import { isCollection, isMap, isScalar, isSeq, type Node, type YAMLMap } from "yaml";
import { applyTextEdits, type TextEdit } from "./text-edit.ts";
import { type Entry, YamlFile } from "./yaml-file.ts";

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
    return firstKeyRemoval(file, entry);
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

/** The first key behind a dash (`- type: bind`): the next one takes its place, unless a comment stands between. */
function firstKeyRemoval(file: YamlFile, entry: Entry): readonly TextEdit[] | undefined {
  const next = isMap(entry.holder) ? (entry.holder.items[1]?.key as Node | undefined)?.range?.[0] : undefined;
  return next === undefined ||
    file.commentsIn(entry.start, next).length > 0 ||
    !/^\s*-\s+$/.test(file.before(entry.start))
    ? undefined
    : [{ start: entry.start, end: next, text: "" }];
}

/**
 * Takes several entries out of a text, one after the other and the last first, so that what stands before one keeps its
 * place. `keepOf` finds in the text, as it is by then, what has to stay around an entry.
 */
export function removeEntries(
  text: string,
  entries: Iterable<Entry>,
  keepOf: (file: YamlFile, entry: Entry) => Entry | undefined,
): string | undefined {
  let current = text;
  for (const { start, key } of [...entries].sort((left, right) => right.start - left.start)) {
    const file = new YamlFile(current);
    const entry = file.entryStarting(start, key);
    const keep = entry && keepOf(file, entry);
    const edits = keep && entry && removeEntry(file, entry, keep);
    if (edits === undefined) {
      return undefined;
    }
    current = applyTextEdits(current, edits);
  }
  return current;
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
