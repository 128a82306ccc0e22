import { foldKey } from "./go-fold.ts";

/**
 * A type of Go as far as `encoding/json` tells types apart. Which type a field has decides what `null`, a repeated key
 * and a value of another type do to it (go-decode.ts).
 */
export type GoType = GoScalarType | GoPointerType | GoSliceType | GoArrayType | GoMapType | GoStructType;

export type GoScalarType =
  | { readonly kind: "bool" | "string" }
  | { readonly kind: "int"; readonly lowest: bigint; readonly highest: bigint }
  /** Data whose type is nobody's concern here: it is kept as it is written, and `null` clears it. */
  | { readonly kind: "any" }
  /** Moby's `strslice.StrSlice`, which has a decoder of its own: one string stands for a list of one. */
  | { readonly kind: "string-or-strings" };

/** A pointer: `null` clears it, where the bare type would ignore `null`. */
export interface GoPointerType {
  readonly kind: "pointer";
  readonly to: GoType;
}

export interface GoSliceType {
  readonly kind: "slice";
  readonly of: GoType;
}

/** An array of fixed length: what is missing is zero, what is too much is dropped. */
export interface GoArrayType {
  readonly kind: "array";
  readonly of: GoType;
  readonly length: number;
}

/** A map with strings as keys. Its keys are data: they never fold. */
export interface GoMapType {
  readonly kind: "map";
  readonly of: GoType;
}

export interface GoStructType {
  readonly kind: "struct";
  /** For messages. */
  readonly name: string;
  readonly fields: readonly GoField[];
  readonly byName: ReadonlyMap<string, GoField>;
  readonly byFoldedName: ReadonlyMap<string, GoField>;
}

export interface GoField {
  readonly name: string;
  readonly type: GoType;
}

export const BOOL: GoType = { kind: "bool" };
export const STRING: GoType = { kind: "string" };
export const STRING_OR_STRINGS: GoType = { kind: "string-or-strings" };
export const INT64: GoType = { kind: "int", lowest: -(2n ** 63n), highest: 2n ** 63n - 1n };
export const UINT64: GoType = { kind: "int", lowest: 0n, highest: 2n ** 64n - 1n };
export const UINT32: GoType = { kind: "int", lowest: 0n, highest: 2n ** 32n - 1n };
export const UINT16: GoType = { kind: "int", lowest: 0n, highest: 2n ** 16n - 1n };

export const pointerTo = (to: GoType): GoPointerType => ({ kind: "pointer", to });
export const sliceOf = (of: GoType): GoSliceType => ({ kind: "slice", of });
export const arrayOf = (length: number, of: GoType): GoArrayType => ({ kind: "array", of, length });
export const mapOf = (of: GoType): GoMapType => ({ kind: "map", of });

export const STRINGS: GoType = sliceOf(STRING);
export const STRING_MAP: GoType = mapOf(STRING);

/** A struct with its fields in Go's order: of two names that fold to the same, a key in another case means the first. */
export function structOf(name: string, types: Readonly<Record<string, GoType>>): GoStructType {
  const fields = Object.entries(types).map(([fieldName, type]) => ({ name: fieldName, type }));
  const byFoldedName = new Map<string, GoField>();
  for (const field of fields) {
    const folded = foldKey(field.name);
    if (!byFoldedName.has(folded)) {
      byFoldedName.set(folded, field);
    }
  }
  return { kind: "struct", name, fields, byName: new Map(fields.map((field) => [field.name, field])), byFoldedName };
}

/** The same struct with some of its fields only: what the other fields hold is then nobody's concern. */
export function pickFields(type: GoStructType, names: ReadonlySet<string>): GoStructType {
  const kept = type.fields.filter((field) => names.has(field.name));
  return structOf(type.name, Object.fromEntries(kept.map((field) => [field.name, field.type])));
}

/** The field that Go fills from a key: the exact name first, then the folded one. */
export function fieldFor(type: GoStructType, key: string): GoField | undefined {
  return type.byName.get(key) ?? type.byFoldedName.get(foldKey(key));
}
