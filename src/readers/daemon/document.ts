/** A JSON document of an engine, of which nothing is taken for granted. */
export type Document = Readonly<Record<string, unknown>>;

/** An object; anything else reads as an empty one. */
export function objectOf(value: unknown): Document {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** A string that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The strings of a list; `undefined` when it is no list. */
export function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.map((item) => textOf(item) ?? "") : undefined;
}

/** A list of objects; anything else reads as an empty one. */
export function objectsOf(value: unknown): readonly Document[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

/** The number at the start of a version, with what follows: `v1.2.3-rc1`, but not the hash of a commit. */
export function versionOf(value: unknown): string | undefined {
  return /^v?(\d+\.\d+.*)$/.exec(textOf(value) ?? "")?.[1];
}
