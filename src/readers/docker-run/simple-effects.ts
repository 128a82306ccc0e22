import type { LocalizedText } from "../../base/index.ts";
import type { HostConfig, ImageConfig } from "../../facts/index.ts";
import type { Draft } from "./draft.ts";
import type { Effect } from "./effect.ts";
import type { FlagUse } from "./flag.ts";
import { cut, parseGoBoolean, parseGoInteger } from "./go-values.ts";
import { refusedBecause } from "./messages.ts";

/** The fields of an object whose value is of a type. */
type FieldsOf<T, Value> = {
  [Key in keyof T]-?: NonNullable<T[Key]> extends Value ? (Value extends NonNullable<T[Key]> ? Key : never) : never;
}[keyof T] &
  string;

type Section = "Config" | "HostConfig";
type FieldsIn<Where extends Section, Value> = Where extends "Config"
  ? FieldsOf<ImageConfig, Value>
  : FieldsOf<HostConfig, Value>;

/** The part of a draft that a section names. The types of {@link FieldsIn} make sure that the field fits. */
function sectionOf(draft: Draft, section: Section): Record<string, unknown> {
  return (section === "Config" ? draft.config : draft.host) as Record<string, unknown>;
}

/** A flag that is on or off. */
export function switches<Where extends Section>(section: Where, field: FieldsIn<Where, boolean>): Effect {
  return (draft, use) => {
    setKnown(
      draft,
      use,
      section,
      field,
      use.value === undefined ? true : parseGoBoolean(use.value.text),
      refusedBecause.notBoolean,
    );
  };
}

/** A flag that sets a text. */
export function setsText<Where extends Section>(
  section: Where,
  field: FieldsIn<Where, string>,
  refuses?: (text: string, draft: Draft) => LocalizedText | undefined,
): Effect {
  return (draft, use) => {
    const text = use.value?.text ?? "";
    const refusal = use.value?.unknown.length === 0 ? refuses?.(text, draft) : undefined;
    if (refusal !== undefined) {
      draft.refuse(use, refusal);
    }
    sectionOf(draft, section)[field] = text;
    draft.put(`${section}.${field}`, use);
  };
}

/** A flag that sets a number. */
export function setsNumber(
  field: FieldsIn<"HostConfig", number>,
  parse: (text: string) => number | undefined = parseGoInteger,
  because: LocalizedText = refusedBecause.notInteger,
): Effect {
  return (draft, use) => {
    setKnown(draft, use, "HostConfig", field, parse(use.value?.text ?? ""), because);
  };
}

/** A value that can only be read when all of it is known. */
function setKnown(
  draft: Draft,
  use: FlagUse,
  section: Section,
  field: string,
  value: boolean | number | undefined,
  because: LocalizedText,
): void {
  const isKnown = use.value === undefined || use.value.unknown.length === 0;
  if (isKnown && value === undefined) {
    draft.refuse(use, because);
    return;
  }
  if (isKnown) {
    sectionOf(draft, section)[field] = value;
  } else {
    delete sectionOf(draft, section)[field];
  }
  draft.put(`${section}.${field}`, use);
}

/**
 * A flag that adds to a list. An unknown entry leaves the list open too: what `$CAP` adds may be any capability.
 * `entriesAlone`: the readers of this list look at each entry, so the rest of the list stays known.
 */
export function addsText<Where extends Section>(
  section: Where,
  field: FieldsIn<Where, readonly string[]>,
  options: { readonly entriesAlone?: true; readonly refuses?: (text: string) => LocalizedText | undefined } = {},
): Effect {
  return (draft, use) => {
    const text = use.value?.text ?? "";
    const refusal = use.value?.unknown.length === 0 ? options.refuses?.(text) : undefined;
    if (refusal !== undefined) {
      draft.refuse(use, refusal);
    }
    addEntry(draft, use, section, field, text, options.entriesAlone === true);
  };
}

/** Adds an entry to a list and notes its place. */
export function addEntry(
  draft: Draft,
  use: FlagUse,
  section: Section,
  field: string,
  entry: unknown,
  entriesAlone: boolean,
): string {
  const owner = sectionOf(draft, section);
  owner[field] ??= [];
  const list = owner[field] as unknown[];
  const name = `${section}.${field}[${list.length}]`;
  list.push(entry);
  draft.put(name, use);
  const because = draft.unresolved.get(name);
  if (because !== undefined && !entriesAlone) {
    draft.unresolved.set(`${section}.${field}`, because);
  }
  return name;
}

/** A flag that adds `key<separator>value` to a map. */
export function addsToMap<Where extends Section>(
  section: Where,
  field: FieldsIn<Where, Readonly<Record<string, string>>>,
  separator: "=" | ":" = "=",
  refuses?: (key: string, value: string | undefined) => LocalizedText | undefined,
): Effect {
  return (draft, use) => {
    const [key, value] = cut(use.value?.text ?? "", separator);
    const refusal = use.value?.unknown.length === 0 ? refuses?.(key, value) : undefined;
    if (refusal !== undefined) {
      draft.refuse(use, refusal);
      return;
    }
    putInMap(draft, use, section, field, key, value ?? "");
  };
}

/** Sets one key of a map and notes its place. */
export function putInMap(
  draft: Draft,
  use: FlagUse,
  section: Section,
  field: string,
  key: string,
  value: unknown,
): void {
  const owner = sectionOf(draft, section);
  owner[field] ??= {};
  setKey(owner[field] as object, key, value);
  const name = `${section}.${field}[${key}]`;
  draft.put(name, use);
  const because = draft.unresolved.get(name);
  if (because !== undefined) {
    draft.unresolved.set(`${section}.${field}`, because);
  }
}

/** Sets a key that the input chose: unlike an assignment, `__proto__` too is only a key. */
export function setKey(map: object, key: string, value: unknown): void {
  Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
}
