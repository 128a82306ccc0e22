import { JsonError } from "./go-json-error.ts";
import type { JsonDocument, JsonMember, JsonNode } from "./go-json-node.ts";
import { JsonScanner } from "./go-json-scanner.ts";

/** Objects and arrays inside each other. Go's `maxNestingDepth` (encoding/json/scanner.go, Go 1.15 and later). */
export const JSON_DEPTH_MAX = 10_000;

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;

export interface JsonParseOptions {
  /**
   * What to do with text after the first value. Engine 20.10 ignores it, engines from 23 refuse it
   * (knowledge/engine-api.md, section 4, row 8).
   */
  readonly trailing: "refuse" | "ignore";
}

/** An object that is still being read. */
interface OpenObject {
  readonly kind: "object";
  readonly start: number;
  end: number;
  readonly members: JsonMember[];
}

/** An array that is still being read. */
interface OpenArray {
  readonly kind: "array";
  readonly start: number;
  end: number;
  readonly items: JsonNode[];
}

type Container = OpenObject | OpenArray;

/**
 * Parses a text as Go's `encoding/json` does.
 *
 * It keeps a stack of its own instead of calling itself: ten thousand levels are legal and would overflow JavaScript's.
 *
 * @throws {JsonError} where Go refuses.
 */
export function parseGoJson(text: string, options: JsonParseOptions): JsonDocument {
  const scanner = new JsonScanner(text);
  const root = parseValue(scanner);
  scanner.peek();
  if (scanner.at >= text.length) {
    return { text, root };
  }
  if (options.trailing === "refuse") {
    throw new JsonError("TRAILING_DATA", text, scanner.at, "nothing after the first value");
  }
  return { text, root, trailing: scanner.at };
}

function parseValue(scanner: JsonScanner): JsonNode {
  const open: Container[] = [];
  const root = startValue(scanner, open);
  for (let inner = open.at(-1); inner !== undefined; inner = open.at(-1)) {
    if (inner.kind === "object") {
      continueObject(scanner, inner, open);
    } else {
      continueArray(scanner, inner, open);
    }
  }
  return root;
}

/** Reads a scalar whole, or opens an object or an array that the caller goes on with. */
function startValue(scanner: JsonScanner, open: Container[]): JsonNode {
  const first = scanner.peek();
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) {
    return scanner.scalar(first);
  }
  const start = scanner.at;
  if (open.length === JSON_DEPTH_MAX) {
    throw new JsonError("JSON_TOO_DEEP", scanner.text, start, `at most ${JSON_DEPTH_MAX} levels`);
  }
  scanner.at += 1;
  const container: Container =
    first === OPEN_BRACE
      ? { kind: "object", start, end: start, members: [] }
      : { kind: "array", start, end: start, items: [] };
  open.push(container);
  return container;
}

/** Reads one member of an object, or its end. */
function continueObject(scanner: JsonScanner, object: OpenObject, open: Container[]): void {
  const isFirst = object.members.length === 0;
  let next = scanner.peek();
  if (next === CLOSE_BRACE) {
    close(scanner, object, open);
    return;
  }
  if (!isFirst) {
    skipComma(scanner, next, "}");
    next = scanner.peek();
  }
  if (next !== QUOTE) {
    throw scanner.unexpected(isFirst ? 'a key in double quotes or "}"' : "a key in double quotes");
  }
  const keyStart = scanner.at;
  const key = scanner.string();
  const keyRepaired = scanner.repaired;
  if (scanner.peek() !== COLON) {
    throw scanner.unexpected('":" after a key');
  }
  scanner.at += 1;
  object.members.push({ key, keyStart, keyRepaired, value: startValue(scanner, open) });
}

/** Reads one item of an array, or its end. */
function continueArray(scanner: JsonScanner, array: OpenArray, open: Container[]): void {
  const next = scanner.peek();
  if (next === CLOSE_BRACKET) {
    close(scanner, array, open);
    return;
  }
  if (array.items.length > 0) {
    skipComma(scanner, next, "]");
  }
  array.items.push(startValue(scanner, open));
}

function skipComma(scanner: JsonScanner, next: number, closing: string): void {
  if (next !== COMMA) {
    throw scanner.unexpected(`"," or "${closing}"`);
  }
  scanner.at += 1;
}

function close(scanner: JsonScanner, container: Container, open: Container[]): void {
  scanner.at += 1;
  container.end = scanner.at;
  open.pop();
}
