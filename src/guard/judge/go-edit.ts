import type { GoStruct, GoValue } from "../../engine/index.ts";
import type { WrittenValue } from "../../policy/index.ts";

/** Values of ours stand nowhere in the text that was received. */
const NOWHERE = 0;

/** A value that we write, as Go's decoder would have left it. */
export function goValue(value: WrittenValue): GoValue {
  switch (typeof value) {
    case "string":
      return { kind: "string", value, at: NOWHERE };
    case "number":
      return { kind: "int", text: String(value), at: NOWHERE };
    case "boolean":
      return { kind: "bool", value, at: NOWHERE };
  }
  return Array.isArray(value)
    ? goList(value.map(goValue))
    : { kind: "map", entries: new Map(Object.entries(value).map(([key, text]) => [key, goValue(text)])), at: NOWHERE };
}

export const goList = (items: readonly GoValue[]): GoValue => ({
  kind: "list",
  storage: [...items],
  length: items.length,
  at: NOWHERE,
});

export const goStruct = (fields: Readonly<Record<string, GoValue>>): GoStruct => ({
  kind: "struct",
  fields: new Map(Object.entries(fields)),
  at: NOWHERE,
});

/** A struct with one field set, at any depth. The given one stays as it is. */
export function withField(struct: GoStruct | undefined, path: readonly string[], value: GoValue): GoStruct {
  const [name = "", ...rest] = path;
  const fields = new Map(struct?.fields ?? []);
  const inner = fields.get(name);
  fields.set(name, rest.length === 0 ? value : withField(inner?.kind === "struct" ? inner : undefined, rest, value));
  return { kind: "struct", fields, at: struct?.at ?? NOWHERE };
}

/** A struct without some of its fields. */
export function withoutFields(struct: GoStruct, names: ReadonlySet<string>): GoStruct {
  return { kind: "struct", fields: new Map([...struct.fields].filter(([name]) => !names.has(name))), at: struct.at };
}

/** The value at a path of names. */
export function fieldAt(value: GoValue | undefined, ...path: readonly string[]): GoValue | undefined {
  let current = value;
  for (const name of path) {
    current =
      current?.kind === "struct"
        ? current.fields.get(name)
        : current?.kind === "map"
          ? current.entries.get(name)
          : undefined;
  }
  return current;
}

export const textAt = (value: GoValue | undefined, ...path: readonly string[]): string => {
  const found = fieldAt(value, ...path);
  return found?.kind === "string" ? found.value : "";
};

export const numberAt = (value: GoValue | undefined, ...path: readonly string[]): number | undefined => {
  const found = fieldAt(value, ...path);
  return found?.kind === "int" ? Number(found.text) : undefined;
};

export const booleanAt = (value: GoValue | undefined, ...path: readonly string[]): boolean => {
  const found = fieldAt(value, ...path);
  return found?.kind === "bool" && found.value;
};

/** The items of a list at a path. */
export function itemsAt(value: GoValue | undefined, ...path: readonly string[]): readonly (GoValue | undefined)[] {
  const found = fieldAt(value, ...path);
  return found?.kind === "list" ? found.storage.slice(0, found.length) : [];
}

export const textsAt = (value: GoValue | undefined, ...path: readonly string[]): readonly string[] =>
  itemsAt(value, ...path).map((item) => (item?.kind === "string" ? item.value : ""));

/** Entries of a map of texts at a path. */
export function textMapAt(
  value: GoValue | undefined,
  ...path: readonly string[]
): readonly (readonly [string, string])[] {
  const found = fieldAt(value, ...path);
  return found?.kind === "map"
    ? [...found.entries].map(([key, entry]) => [key, entry?.kind === "string" ? entry.value : ""] as const)
    : [];
}
