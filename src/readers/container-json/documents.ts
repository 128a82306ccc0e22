import { findPlace, type GoStruct, type JsonNode, type JsonObject } from "../../engine/index.ts";
import type { Place } from "../../facts/index.ts";
import { ReadError, type ReadProblem } from "../read-result.ts";
import type { JsonSource } from "./json-source.ts";
import { typeErrorText } from "./words.ts";

/** Documents of one array. A host with more containers than this is split by its caller. */
export const DOCUMENTS_MAX = 10_000;

/** The documents of a text: the items of an array, or the one value that it is. */
export function documentsOf(source: JsonSource): readonly JsonNode[] {
  const { root } = source.document;
  if (root.kind !== "array") {
    return [root];
  }
  if (root.items.length > DOCUMENTS_MAX) {
    throw new ReadError(
      "TOO_LARGE",
      {
        en: `more than ${DOCUMENTS_MAX} documents in one array: split it into several files`,
        ja: `一つの配列に ${DOCUMENTS_MAX} 件を超える文書があります。複数のファイルに分けてください`,
      },
      source.placeAt(root.items[DOCUMENTS_MAX]?.start ?? root.start),
    );
  }
  return root.items;
}

/** Whether an object has a member of exactly this name. */
export function hasMember(node: JsonObject, name: string): boolean {
  return node.members.some((member) => member.key === name);
}

/** Text after the first value is never examined, so the reading is incomplete. */
export function trailingProblems(source: JsonSource): readonly ReadProblem[] {
  const { trailing } = source.document;
  if (trailing === undefined) {
    return [];
  }
  const message = {
    en: "the text after the first JSON value is not examined: put several documents into one array",
    ja: "最初の JSON 値より後の文は調べません。複数の文書は一つの配列に入れてください",
  };
  return [{ severity: "error", message, place: source.placeAt(trailing) }];
}

/** A document that is no object can be nothing that these readers read. */
export function notAnObject(source: JsonSource, node: JsonNode): ReadError {
  const text = typeErrorText({ field: "", expected: "struct", node });
  return new ReadError("NOT_THIS_INPUT", text, source.placeAt(node.start));
}

/** The `where` of a workload whose fields stand in a decoded struct. */
export function whereIn(source: JsonSource, container: GoStruct): (field: string) => Place {
  return (field) => source.placeAt(findPlace(container, field).at, field);
}
