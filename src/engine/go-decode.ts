import type { JsonArray, JsonNode, JsonObject } from "./go-json-node.ts";
import {
  fieldFor,
  type GoArrayType,
  type GoMapType,
  type GoSliceType,
  type GoStructType,
  type GoType,
  STRINGS,
} from "./go-type.ts";
import type { GoList, GoStruct, GoTypeError, GoValue } from "./go-value.ts";

/** Type errors that are kept of one text. Go itself reports the first and goes on decoding. */
export const TYPE_ERRORS_MAX = 20;

/** Digits and sign of the longest 64-bit integer, -9223372036854775808. */
const INTEGER_CHARACTERS_MAX = 20;

export interface GoDecoded {
  /** Absent: nothing was written, as by `null` into a pointer. */
  readonly value: GoValue | undefined;
  /** Not empty: an engine answers the request with an error, whatever the rest of it says. */
  readonly errors: readonly GoTypeError[];
}

/**
 * Decodes a tree into a type as Go's `encoding/json` does, with what it does to a key that comes twice:
 *
 * - a scalar takes the last value, and `null` does nothing to it;
 * - `null` clears a pointer, a slice or a map; anything else merges into the struct or map that is already there;
 * - a slice keeps its storage: items are decoded onto the old items, so `["/:/mnt"]` and then `[null]` is still
 *   `["/:/mnt"]`, and a second list of `{}` revives the structs of the first. Cut-off items come back when a third list
 *   is longer. Only `[]` and `null` drop the storage;
 * - an entry of a map, and a `StrSlice`, start from zero each time.
 *
 * Seen on Engine 20.10.24 and Go 1.24.3 (knowledge/engine-api.md, section 4, rows 1 to 6) and held to Go 1.19.8 by the
 * recorded answers in test/corpus/go-json.
 */
export function decodeGo(type: GoType, node: JsonNode): GoDecoded {
  const decoder = new Decoder();
  const value = decoder.decode(type, node, node.start, undefined);
  return { value, errors: decoder.errors };
}

class Decoder {
  readonly errors: GoTypeError[] = [];
  /** Names and indexes on the way to the value that is being decoded. It is as deep as the type, not as the text. */
  readonly #path: (string | number)[] = [];

  /** What a variable that holds `current` holds after `node` was decoded into it. */
  decode(type: GoType, node: JsonNode, at: number, current: GoValue | undefined): GoValue | undefined {
    if (node.kind === "null") {
      return isClearedByNull(type) ? undefined : current;
    }
    switch (type.kind) {
      case "pointer":
        return this.decode(type.to, node, at, current);
      case "bool":
        return node.kind === "boolean" ? { kind: "bool", value: node.value, at } : this.#refuse(type, node, current);
      case "string":
        return node.kind === "string" ? { kind: "string", value: node.value, at } : this.#refuse(type, node, current);
      case "int":
        return node.kind === "number" && fits(node.text, type.lowest, type.highest)
          ? { kind: "int", text: node.text, at }
          : this.#refuse(type, node, current);
      case "slice":
      case "array":
        return node.kind === "array" ? this.#list(type, node, at, current) : this.#refuse(type, node, current);
      case "any":
        return { kind: "any", node, at };
      case "string-or-strings":
        return this.#strings(type, node, at, current);
      case "map":
        return node.kind === "object" ? this.#map(type, node, at, current) : this.#refuse(type, node, current);
      case "struct":
        return node.kind === "object" ? this.#struct(type, node, at, current) : this.#refuse(type, node, current);
    }
  }

  #struct(type: GoStructType, node: JsonObject, at: number, current: GoValue | undefined): GoStruct {
    const struct: GoStruct = current?.kind === "struct" ? current : { kind: "struct", fields: new Map(), at };
    struct.at = at;
    for (const member of node.members) {
      const field = fieldFor(type, member.key);
      if (field === undefined) {
        continue;
      }
      this.#path.push(field.name);
      const value = this.decode(field.type, member.value, member.keyStart, struct.fields.get(field.name));
      this.#path.pop();
      if (value === undefined) {
        struct.fields.delete(field.name);
      } else {
        struct.fields.set(field.name, value);
      }
    }
    return struct;
  }

  #map(type: GoMapType, node: JsonObject, at: number, current: GoValue | undefined): GoValue {
    const entries: Map<string, GoValue | undefined> = current?.kind === "map" ? current.entries : new Map();
    for (const member of node.members) {
      this.#path.push(member.key);
      entries.set(member.key, this.decode(type.of, member.value, member.keyStart, undefined));
      this.#path.pop();
    }
    return { kind: "map", entries, at };
  }

  #list(type: GoSliceType | GoArrayType, node: JsonArray, at: number, current: GoValue | undefined): GoList {
    const empties = node.items.length === 0 && type.kind === "slice";
    const storage = current?.kind === "list" && !empties ? current.storage : [];
    const length = type.kind === "array" ? type.length : node.items.length;
    for (const [index, item] of node.items.entries()) {
      if (index >= length) {
        break;
      }
      this.#path.push(index);
      storage[index] = this.decode(type.of, item, item.start, storage[index]);
      this.#path.pop();
    }
    if (type.kind === "array") {
      storage.length = Math.min(node.items.length, length);
    }
    return { kind: "list", storage, length, at };
  }

  /** `StrSlice.UnmarshalJSON` (moby, api/types/strslice) decodes into a list of its own and never reuses the old one. */
  #strings(type: GoType, node: JsonNode, at: number, current: GoValue | undefined): GoValue | undefined {
    if (node.kind === "string") {
      return { kind: "list", storage: [{ kind: "string", value: node.value, at: node.start }], length: 1, at };
    }
    return node.kind === "array" ? this.decode(STRINGS, node, at, undefined) : this.#refuse(type, node, current);
  }

  #refuse(type: GoType, node: JsonNode, current: GoValue | undefined): GoValue | undefined {
    if (this.errors.length < TYPE_ERRORS_MAX) {
      this.errors.push({ field: fieldName(this.#path), expected: type.kind, node });
    }
    return current;
  }
}

function isClearedByNull(type: GoType): boolean {
  return (
    type.kind === "pointer" ||
    type.kind === "slice" ||
    type.kind === "map" ||
    type.kind === "string-or-strings" ||
    type.kind === "any"
  );
}

/** Whether `strconv.ParseInt` or `ParseUint` takes the number: digits only, no fraction, no exponent, in range. */
function fits(text: string, lowest: bigint, highest: bigint): boolean {
  if (text.length > INTEGER_CHARACTERS_MAX || !/^-?\d+$/.test(text) || (lowest === 0n && text.startsWith("-"))) {
    return false;
  }
  const value = BigInt(text);
  return value >= lowest && value <= highest;
}

/** `["HostConfig", "Binds", 2]` as `HostConfig.Binds[2]`. */
function fieldName(path: readonly (string | number)[]): string {
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`)).join("");
}
