import assert from "node:assert/strict";
import { test } from "node:test";
import { CONTAINER_JSON_BYTES_MAX, DOCUMENTS_MAX, documentsOf, openJsonSource } from "./index.ts";

const opened = (text: string) => openJsonSource({ text, uri: "a.json" });

test("a text of exactly the limit is read", () => {
  assert.doesNotThrow(() => opened(`{}${" ".repeat(CONTAINER_JSON_BYTES_MAX - 2)}`));
});

test("one character more is refused", () => {
  assert.throws(() => opened(`{}${" ".repeat(CONTAINER_JSON_BYTES_MAX - 1)}`), {
    name: "ReadError",
    code: "TOO_LARGE",
  });
});

test("an array of exactly the limit of documents is read", () => {
  assert.equal(documentsOf(opened(`[${Array(DOCUMENTS_MAX).fill("{}").join(",")}]`)).length, DOCUMENTS_MAX);
});

test("one document more is refused, and the message is placed at it", () => {
  const text = `[${Array(DOCUMENTS_MAX + 1)
    .fill("{}")
    .join(",\n")}]`;
  assert.throws(() => documentsOf(opened(text)), {
    code: "TOO_LARGE",
    place: { uri: "a.json", line: DOCUMENTS_MAX + 1, column: 1 },
  });
});

test("a text that is not JSON is refused with its line and column, in both languages", () => {
  assert.throws(() => opened('{\n  "a": 1,\n}'), {
    code: "BAD_SYNTAX",
    message: 'a.json:3:1: not JSON: expected a key in double quotes, found "}"',
    text: {
      en: 'not JSON: expected a key in double quotes, found "}"',
      ja: 'JSON として読めません: ここに "}" は置けません',
    },
    place: { uri: "a.json", line: 3, column: 1 },
  });
});

test("an empty text is refused", () => {
  assert.throws(() => opened(""), {
    text: {
      ja: "JSON として読めません: ここに 文の終わり は置けません",
      en: "not JSON: expected a value, found the end of the text",
    },
  });
});
