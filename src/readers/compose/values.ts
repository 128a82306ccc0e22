import type { ServiceDraft } from "./draft.ts";
import { type Expectation, MESSAGES, REASONS } from "./messages.ts";
import type { Problems } from "./problems.ts";
import { entriesOf, isNull, itemsOf, type ListNode, type MapNode, type ScalarNode, type Written } from "./tree.ts";
import type { ReadText } from "./variables.ts";

/** A pair of a mapping or of a `KEY=VALUE` list; a key alone has no value. */
export interface ReadPair {
  readonly key: string;
  readonly value: string | undefined;
  readonly reason: string | undefined;
  readonly written: Written;
}

/** A string, with what is known of its value. `undefined`: it is no string, and that was reported. */
export function textOf(problems: Problems, written: Written, expected: Expectation = "text"): ReadText | undefined {
  const { node } = written;
  if (node.kind !== "scalar" || typeof node.value !== "string") {
    problems.error(written, MESSAGES.wrongType(expected));
    return undefined;
  }
  return filled(node, node.value);
}

/** A string that may be written as a number. */
export function textOrNumberOf(problems: Problems, written: Written): ReadText | undefined {
  const { node } = written;
  if (node.kind === "scalar" && typeof node.value === "number") {
    return { text: node.text };
  }
  return textOf(problems, written, "textOrNumber");
}

/** The text of a node, with why its value is not known. What Compose refuses was reported when variables were put in. */
function filled({ unknown, invalid }: ScalarNode, text: string): ReadText {
  if (invalid === true) {
    return { text, reason: REASONS.badVariable };
  }
  return unknown === undefined ? { text } : { text, reason: REASONS.variables(unknown) };
}

/** Reports a value of the wrong kind and leaves its field unknown: absent would pass for harmless. */
export function refuse(draft: ServiceDraft, written: Written, field: string, expected: Expectation): undefined {
  draft.file.problems.error(written, MESSAGES.wrongType(expected));
  draft.leaveOpen(field, REASONS.wrongType(expected));
  return undefined;
}

/** A string for a field. With a variable: the text as written, and the field is unresolved. */
export function readText(draft: ServiceDraft, written: Written, field: string, numbers = false): string | undefined {
  draft.at(field, written.node);
  const read = numbers ? textOrNumberOf(draft.file.problems, written) : textOf(draft.file.problems, written);
  if (read === undefined) {
    draft.leaveOpen(field, REASONS.wrongType(numbers ? "textOrNumber" : "text"));
    return undefined;
  }
  if (read.reason !== undefined) {
    draft.leaveOpen(field, read.reason);
  }
  return read.text;
}

/** What Compose makes of a string where it wants a boolean (compose-go, toBoolean): the words of YAML 1.1. */
const BOOLEAN_WORDS: ReadonlyMap<string, boolean> = new Map([
  ["y", true],
  ["yes", true],
  ["true", true],
  ["on", true],
  ["n", false],
  ["no", false],
  ["false", false],
  ["off", false],
]);

/** A boolean, or why it is not known. */
export function booleanOf(
  problems: Problems,
  written: Written,
): { readonly value: boolean; readonly reason?: undefined } | { readonly value?: undefined; readonly reason: string } {
  const { node } = written;
  if (node.kind === "scalar" && typeof node.value === "boolean") {
    return { value: node.value };
  }
  const read = node.kind === "scalar" && typeof node.value === "string" ? filled(node, node.value) : undefined;
  if (read?.reason !== undefined) {
    return { reason: read.reason };
  }
  const word = BOOLEAN_WORDS.get(read?.text.toLowerCase() ?? "");
  if (read === undefined || word === undefined) {
    problems.error(written, MESSAGES.wrongType("boolean"));
    return { reason: REASONS.wrongType("boolean") };
  }
  if (!/^(true|false)$/i.test(read.text)) {
    problems.note(written, MESSAGES.yamlOneBoolean(read.text, word));
  }
  return { value: word };
}

/** A boolean for a field. `undefined` and unresolved when it holds a variable or is none. */
export function readBoolean(draft: ServiceDraft, written: Written, field: string): boolean | undefined {
  draft.at(field, written.node);
  const { value, reason } = booleanOf(draft.file.problems, written);
  if (reason !== undefined) {
    draft.leaveOpen(field, reason);
  }
  return value;
}

/** A number for a field, from a number or a string; `parse` gives `undefined` for a text that is none. */
export function readNumber(
  draft: ServiceDraft,
  written: Written,
  field: string,
  expected: "number" | "integer" | "size",
  parse: (text: string) => number | undefined,
): number | undefined {
  draft.at(field, written.node);
  const { node } = written;
  if (node.kind !== "scalar" || (typeof node.value !== "string" && typeof node.value !== "number")) {
    return refuse(draft, written, field, expected);
  }
  const read = typeof node.value === "number" ? { text: String(node.value) } : filled(node, node.value);
  if (read.reason !== undefined) {
    draft.leaveOpen(field, read.reason);
    return undefined;
  }
  return parse(read.text.trim()) ?? refuse(draft, written, field, expected);
}

/** A list of strings for a field; each entry has a place and, where needed, a reason of its own. */
export function readTexts(draft: ServiceDraft, written: Written, field: string, numbers = false): string[] | undefined {
  draft.at(field, written.node);
  const list = listOf(draft, written, field);
  if (list === undefined) {
    return undefined;
  }
  const texts: string[] = [];
  for (const item of itemsOf(list, written.path)) {
    const text = readText(draft, item, `${field}[${texts.length}]`, numbers);
    if (text !== undefined) {
      texts.push(text);
    } else {
      // The next entry takes this index, so what is missing has to be said of the list.
      draft.leaveOpen(field, REASONS.wrongType("text"));
    }
  }
  return texts;
}

/** A list for a field, or a report. */
export function listOf(draft: ServiceDraft, written: Written, field: string): ListNode | undefined {
  return written.node.kind === "list" ? written.node : refuse(draft, written, field, "list");
}

/** A mapping for a field, or a report. */
export function mapOf(draft: ServiceDraft, written: Written, field: string): MapNode | undefined {
  return written.node.kind === "map" ? written.node : refuse(draft, written, field, "map");
}

/** Pairs of a mapping or of a list of `KEY=VALUE`; the last of the same key stands. */
export function pairsOf(problems: Problems, written: Written): readonly ReadPair[] | undefined {
  const { node, path } = written;
  const pairs = new Map<string, ReadPair>();
  if (node.kind === "map") {
    for (const entry of entriesOf(node, path)) {
      const value = isNull(entry.node) ? { text: undefined } : plainOf(problems, entry);
      if (value !== undefined) {
        const reason = "reason" in value ? value.reason : undefined;
        pairs.set(entry.key, { key: entry.key, value: value.text, reason, written: entry });
      }
    }
    return Array.from(pairs.values());
  }
  if (node.kind !== "list") {
    problems.error(written, MESSAGES.wrongType("listOrMap"));
    return undefined;
  }
  for (const item of itemsOf(node, path)) {
    const read = textOf(problems, item);
    if (read !== undefined) {
      const equals = read.text.indexOf("=");
      const key = equals === -1 ? read.text : read.text.slice(0, equals);
      const value = equals === -1 ? undefined : read.text.slice(equals + 1);
      pairs.set(key, { key, value, reason: read.reason, written: item });
    }
  }
  return Array.from(pairs.values());
}

/** A string, a number or a boolean, as the text that an environment or a label holds. */
function plainOf(problems: Problems, written: Written): ReadText | undefined {
  const { node } = written;
  if (node.kind === "scalar" && typeof node.value !== "string" && node.value !== null) {
    return { text: node.text };
  }
  return textOf(problems, written, "plain");
}

/** Pairs for a field that is a map of strings; a key alone stands for the empty string. */
export function readRecord(draft: ServiceDraft, written: Written, field: string): Record<string, string> | undefined {
  draft.at(field, written.node);
  const pairs = pairsOf(draft.file.problems, written);
  if (pairs === undefined) {
    draft.leaveOpen(field, REASONS.wrongType("listOrMap"));
    return undefined;
  }
  for (const pair of pairs) {
    draft.at(`${field}.${pair.key}`, pair.written.node);
    if (pair.reason !== undefined) {
      draft.leaveOpen(`${field}.${pair.key}`, pair.reason);
    }
  }
  // Not assigned one by one: a key may be __proto__.
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value ?? ""]));
}
