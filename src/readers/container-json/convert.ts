import { type GoValue, itemsOf } from "../../engine/index.ts";

/**
 * How each field of a type of ours is made from what Go's decoder left there. `undefined` stands for the zero value: an
 * item of a list that only `null` was written to. The decoder has checked the types, so any other kind is zero too.
 */
export type Converters<T> = { readonly [Name in keyof T]-?: Converter<NonNullable<T[Name]>> };

export type Converter<T> = (value: GoValue | undefined) => T;

export const asBoolean: Converter<boolean> = (value) => value?.kind === "bool" && value.value;

export const asString: Converter<string> = (value) => (value?.kind === "string" ? value.value : "");

/** Sizes and limits: past 2^53 the last digits are rounded, which no rule looks at. */
export const asNumber: Converter<number> = (value) => (value?.kind === "int" ? Number(value.text) : 0);

export const asListOf =
  <T>(convertItem: Converter<T>): Converter<readonly T[]> =>
  (value) =>
    value?.kind === "list" ? itemsOf(value).map(convertItem) : [];

/** `Object.fromEntries` makes `__proto__` a key like any other. */
export const asMapOf =
  <T>(convertEntry: Converter<T>): Converter<Readonly<Record<string, T>>> =>
  (value) =>
    value?.kind === "map"
      ? Object.fromEntries([...value.entries].map(([key, entry]) => [key, convertEntry(entry)]))
      : {};

export const asKeys: Converter<readonly string[]> = (value) => (value?.kind === "map" ? [...value.entries.keys()] : []);

/** The fields that were written. What was not stays absent, except what `required` gives because the type demands it. */
export const asStruct =
  <T extends object>(converters: Converters<T>, required: T): Converter<T> =>
  (value) => {
    const written: Partial<T> = {};
    for (const name of Object.keys(converters) as (keyof T & string)[]) {
      const field = value?.kind === "struct" ? value.fields.get(name) : undefined;
      if (field !== undefined) {
        written[name] = converters[name](field);
      }
    }
    return { ...required, ...written };
  };

export const asStrings = asListOf(asString);
export const asStringMap = asMapOf(asString);
