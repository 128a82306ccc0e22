/**
 * A JSON text as a tree that keeps what an object of JavaScript loses: the order and the repetition of keys, the text
 * of numbers, and where everything stands. Offsets count UTF-16 code units of the text.
 */
export interface JsonDocument {
  readonly text: string;
  readonly root: JsonNode;
  /** Where the first text after the value begins, other than white space. Absent: there is none. */
  readonly trailing?: number;
}

export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | JsonBoolean | JsonNull;

export interface JsonObject {
  readonly kind: "object";
  readonly start: number;
  /** After the closing brace. */
  readonly end: number;
  readonly members: readonly JsonMember[];
}

/** One `"key": value` of an object, in the order of the text. */
export interface JsonMember {
  /** Escapes resolved. */
  readonly key: string;
  readonly keyStart: number;
  /** Half of a surrogate pair was replaced by U+FFFD in the key. */
  readonly keyRepaired: boolean;
  readonly value: JsonNode;
}

export interface JsonArray {
  readonly kind: "array";
  readonly start: number;
  /** After the closing bracket. */
  readonly end: number;
  readonly items: readonly JsonNode[];
}

export interface JsonString {
  readonly kind: "string";
  readonly start: number;
  readonly end: number;
  /** Escapes resolved. */
  readonly value: string;
  /** Half of a surrogate pair was replaced by U+FFFD. */
  readonly repaired: boolean;
}

export interface JsonNumber {
  readonly kind: "number";
  readonly start: number;
  readonly end: number;
  /** As it was written: Go keeps 64-bit integers exact where a JavaScript number does not. */
  readonly text: string;
}

export interface JsonBoolean {
  readonly kind: "boolean";
  readonly start: number;
  readonly end: number;
  readonly value: boolean;
}

export interface JsonNull {
  readonly kind: "null";
  readonly start: number;
  readonly end: number;
}
