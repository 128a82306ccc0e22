import { type LocalizedText, MIB, quoteUntrusted } from "../../base/index.ts";
import { JsonError, type JsonMember, type JsonNode, LineIndex, parseGoJson } from "../../engine/index.ts";
import type { HostValues, Place } from "../../facts/index.ts";
import { ReadError } from "../read-result.ts";
import { HOST_KEYS, IGNORED_KEYS, isHostKey } from "./keys.ts";
import { draftLayer, type HostLayer, type LayerDraft } from "./layer.ts";
import type { ValueKind } from "./value-kinds.ts";

/** Characters of a host facts file. The longest part is a kernel's list of options, some 200 KiB. */
export const HOST_FACTS_CHARACTERS_MAX = 4 * MIB;

/** Objects and lists inside each other; the format itself needs three. */
export const HOST_FACTS_DEPTH_MAX = 32;

/** Characters of a key that a message repeats. */
const KEY_CHARACTERS_MAX = 60;

/**
 * Reads a `--host-facts` file: one JSON object with the keys of {@link HostValues}. A value of `"unknown"` or `null` is
 * the same as none. An unknown key is a note, because files outlive versions; a value of the wrong type is an error,
 * because a fact that is dropped in silence changes verdicts.
 *
 * @throws {ReadError} when the text is not such an object.
 */
export function readHostFacts(text: string, uri: string): HostLayer {
  if (text.length > HOST_FACTS_CHARACTERS_MAX) {
    throw new ReadError(
      "TOO_LARGE",
      {
        en: `larger than ${HOST_FACTS_CHARACTERS_MAX / MIB} MiB`,
        ja: `${HOST_FACTS_CHARACTERS_MAX / MIB} MiB を超えています`,
      },
      { uri },
    );
  }
  const lines = new LineIndex(text);
  const root = parseRoot(text, uri);
  const draft = draftLayer();
  for (const member of root.members) {
    readMember(draft, member, { uri, ...lines.at(member.keyStart), field: fieldName(member.key) });
  }
  return draft.finish();
}

function parseRoot(text: string, uri: string): JsonNode & { readonly kind: "object" } {
  const root = parseText(text, uri);
  if (root.kind !== "object") {
    throw new ReadError(
      "NOT_THIS_INPUT",
      {
        en: 'host facts are one JSON object, for example { "kernel": "6.8", "cgroup": 2 }',
        ja: 'ホストの事実は 1 つの JSON オブジェクトです。例: { "kernel": "6.8", "cgroup": 2 }',
      },
      { uri, line: 1, column: 1 },
    );
  }
  return root;
}

function parseText(text: string, uri: string): JsonNode {
  try {
    return parseGoJson(text, { trailing: "refuse" }).root;
  } catch (error) {
    if (!(error instanceof JsonError)) {
      throw error;
    }
    const place = { uri, line: error.line, column: error.column };
    const found = error.found ?? "the end of the text";
    throw new ReadError(
      "BAD_SYNTAX",
      {
        en: `not JSON: expected ${error.expected}, found ${found}`,
        ja: `JSON として読めません: ここに ${error.found ?? "文の終わり"} は置けません`,
      },
      place,
      { cause: error },
    );
  }
}

function readMember(draft: LayerDraft, { key, value }: JsonMember, place: Place): void {
  if (IGNORED_KEYS.has(key)) {
    return;
  }
  if (!isHostKey(key)) {
    draft.note(
      {
        en: `no host fact has this name: ${fieldName(key)}`,
        ja: `この名前のホストの事実はありません: ${fieldName(key)}`,
      },
      place,
    );
    return;
  }
  const plain = plainValue(value, 0, place);
  if (plain !== null && plain !== "unknown") {
    draft.set(key, readValue(key, plain, place), place);
  }
}

function readValue<Key extends keyof HostValues>(key: Key, plain: unknown, place: Place) {
  const kind = kindOf(key);
  const value = kind.read(plain);
  if (value === undefined) {
    throw new ReadError("WRONG_TYPE", wrongType(fieldName(key), kind.expected), place);
  }
  return value;
}

/** The compiler does not follow a key through the table by itself. */
const kindOf = <Key extends keyof HostValues>(key: Key) => HOST_KEYS[key] as ValueKind<NonNullable<HostValues[Key]>>;

const wrongType = (field: string, expected: LocalizedText): LocalizedText => ({
  en: `${field}: expected ${expected.en}, or "unknown"`,
  ja: `${field}: ${expected.ja}、または "unknown" が必要です`,
});

const fieldName = (key: string): string => quoteUntrusted(key, KEY_CHARACTERS_MAX);

/** The value as JSON.parse would give it. */
function plainValue(node: JsonNode, depth: number, place: Place): unknown {
  if (depth > HOST_FACTS_DEPTH_MAX) {
    throw new ReadError(
      "TOO_LARGE",
      {
        en: `more than ${HOST_FACTS_DEPTH_MAX} levels of nesting`,
        ja: `入れ子が ${HOST_FACTS_DEPTH_MAX} 段を超えています`,
      },
      place,
    );
  }
  switch (node.kind) {
    case "object":
      return Object.fromEntries(node.members.map(({ key, value }) => [key, plainValue(value, depth + 1, place)]));
    case "array":
      return node.items.map((item) => plainValue(item, depth + 1, place));
    case "number":
      return Number(node.text);
    case "null":
      return null;
    default:
      return node.value;
  }
}
