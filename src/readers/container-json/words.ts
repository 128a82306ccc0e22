import { type LocalizedText, quoteUntrusted } from "../../base/index.ts";
import type { GoType, GoTypeError, JsonError, JsonNode } from "../../engine/index.ts";

/** Characters of a field's name or a number that a message repeats: keys of maps are anybody's text. */
const QUOTED_CHARACTERS_MAX = 120;

/** What a type of Go wants to see in JSON. */
const EXPECTED: Readonly<Record<Exclude<GoType["kind"], "pointer">, LocalizedText>> = {
  bool: { en: "a boolean", ja: "真偽値" },
  string: { en: "a string", ja: "文字列" },
  int: { en: "a whole number", ja: "整数" },
  "string-or-strings": { en: "a string or a list of strings", ja: "文字列または文字列の配列" },
  slice: { en: "a list", ja: "配列" },
  array: { en: "a list", ja: "配列" },
  map: { en: "an object", ja: "オブジェクト" },
  struct: { en: "an object", ja: "オブジェクト" },
  any: { en: "a value", ja: "値" },
};

const FOUND: Readonly<Record<JsonNode["kind"], LocalizedText>> = {
  boolean: { en: "a boolean", ja: "真偽値" },
  string: { en: "a string", ja: "文字列" },
  number: { en: "a number", ja: "数値" },
  array: { en: "a list", ja: "配列" },
  object: { en: "an object", ja: "オブジェクト" },
  null: { en: "null", ja: "null" },
};

export const quote = (text: string): string => quoteUntrusted(text, QUOTED_CHARACTERS_MAX);

export function typeErrorText(error: GoTypeError): LocalizedText {
  const expected = EXPECTED[error.expected === "pointer" ? "struct" : error.expected];
  const found = foundText(error.node);
  const field = error.field === "" ? { en: "the document", ja: "文書" } : same(quote(error.field));
  return {
    en: `${field.en}: expected ${expected.en}, found ${found.en}`,
    ja: `${field.ja}: ${expected.ja}が必要ですが、${found.ja}が書かれています`,
  };
}

export function syntaxText(error: JsonError): LocalizedText {
  const found = error.found === undefined ? { en: "the end of the text", ja: "文の終わり" } : same(error.found);
  return {
    en: `not JSON: expected ${error.expected}, found ${found.en}`,
    ja: `JSON として読めません: ここに ${found.ja} は置けません`,
  };
}

function foundText(node: JsonNode): LocalizedText {
  // A number where a number is wanted: its spelling is what is wrong (1e8, 1.0, too many digits).
  return node.kind === "number" ? { en: quote(node.text), ja: ` ${quote(node.text)} ` } : FOUND[node.kind];
}

const same = (text: string): LocalizedText => ({ en: text, ja: text });
