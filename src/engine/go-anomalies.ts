import { foldKey } from "./go-fold.ts";
import type { JsonArray, JsonDocument, JsonNode, JsonObject } from "./go-json-node.ts";
import { fieldFor, type GoType } from "./go-type.ts";

/** Anomalies that are listed of one text. One is enough to refuse a request; more help whoever has to mend it. */
export const ANOMALIES_MAX = 100;

/**
 * What an honest client never writes and what readers of JSON disagree about:
 *
 * - `duplicate-key`: a key comes twice, in whatever case; Go merges, most others take the last or the first;
 * - `other-spelling`: a key names a field, but not as the API spells it;
 * - `unknown-key`: the type has no such field;
 * - `null-in-array`: after a repeated key, `null` leaves an old item in place;
 * - `replaced-text`: half of a surrogate pair, which Go replaces by U+FFFD;
 * - `trailing-data`: text after the first value.
 */
export type AnomalyKind =
  | "duplicate-key"
  | "other-spelling"
  | "unknown-key"
  | "null-in-array"
  | "replaced-text"
  | "trailing-data";

export interface Anomaly {
  readonly kind: AnomalyKind;
  readonly offset: number;
  /** The key as it is written, where the anomaly is about one. Somebody else's text: quote it. */
  readonly key?: string;
}

/** A value that is still to be looked at; no type: nothing is known of the field that it belongs to. */
interface Pending {
  readonly node: JsonNode;
  readonly type: GoType | undefined;
}

/** Lists what is odd in a text that claims to be of a type, in the order of the text and at most {@link ANOMALIES_MAX}. */
export function listAnomalies(document: JsonDocument, type: GoType): readonly Anomaly[] {
  const anomalies: Anomaly[] = [];
  if (document.trailing !== undefined) {
    anomalies.push({ kind: "trailing-data", offset: document.trailing });
  }
  const pending: Pending[] = [{ node: document.root, type }];
  for (let next = pending.pop(); next !== undefined && anomalies.length < ANOMALIES_MAX; next = pending.pop()) {
    const { node } = next;
    const pointed = next.type?.kind === "pointer" ? next.type.to : next.type;
    if (node.kind === "object") {
      lookAtObject(node, pointed, anomalies, pending);
    } else if (node.kind === "array") {
      lookAtArray(node, pointed, anomalies, pending);
    } else if (node.kind === "string" && node.repaired) {
      anomalies.push({ kind: "replaced-text", offset: node.start });
    }
  }
  return anomalies.sort((left, right) => left.offset - right.offset).slice(0, ANOMALIES_MAX);
}

function lookAtObject(node: JsonObject, type: GoType | undefined, anomalies: Anomaly[], pending: Pending[]): void {
  const seen = new Set<string>();
  for (const { key, keyStart, keyRepaired, value } of node.members) {
    const field = type?.kind === "struct" ? fieldFor(type, key) : undefined;
    // The keys of a map are data, which never fold. What folds in a part that we do not know may be a struct's.
    const identity = type?.kind === "map" ? key : (field?.name ?? foldKey(key));
    if (seen.has(identity)) {
      anomalies.push({ kind: "duplicate-key", offset: keyStart, key });
    }
    seen.add(identity);
    if (keyRepaired) {
      anomalies.push({ kind: "replaced-text", offset: keyStart, key });
    }
    if (type?.kind === "struct" && field?.name !== key) {
      anomalies.push({ kind: field === undefined ? "unknown-key" : "other-spelling", offset: keyStart, key });
    }
    pending.push({ node: value, type: type?.kind === "map" ? type.of : field?.type });
  }
}

function lookAtArray(node: JsonArray, type: GoType | undefined, anomalies: Anomaly[], pending: Pending[]): void {
  const itemType = type?.kind === "slice" || type?.kind === "array" ? type.of : undefined;
  for (const item of node.items) {
    if (item.kind === "null") {
      anomalies.push({ kind: "null-in-array", offset: item.start });
    }
    pending.push({ node: item, type: itemType });
  }
}
