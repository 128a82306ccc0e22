import { parseGoJson } from "../go-json.ts";
import { JsonError } from "../go-json-error.ts";
import type { JsonNode } from "../go-json-node.ts";
import type { ParameterKind, Route } from "../routes/index.ts";
import { Refused } from "./refusal.ts";

/** Most parameters of a query. */
export const QUERY_PARAMETERS_MAX = 500;

/** The filters of a list: for each name the values that are asked for. */
export type Filters = ReadonlyMap<string, readonly string[]>;

/** The value of a parameter, by its kind. A number stays text: the engine reads 64 bits. */
export type QueryValue =
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int" | "string" | "json"; readonly value: string }
  | { readonly kind: "strings"; readonly values: readonly string[] }
  | { readonly kind: "filters"; readonly filters: Filters };

/** A query, understood. */
export interface DecodedQuery {
  readonly query: ReadonlyMap<string, QueryValue>;
  /** Names that the route does not have: the engine ignores them, and they are not forwarded. */
  readonly dropped: readonly string[];
}

/** Understands a query. @throws {Refused} */
export function decodeQuery(route: Route, raw: string): DecodedQuery {
  const query = new Map<string, QueryValue>();
  const dropped = new Set<string>();
  const parts = raw === "" ? [] : raw.split("&");
  if (parts.length > QUERY_PARAMETERS_MAX || raw.includes(";")) {
    throw malformed();
  }
  for (const part of parts) {
    const equals = part.indexOf("=");
    const name = decodeText(equals < 0 ? part : part.slice(0, equals));
    const text = equals < 0 ? "" : decodeText(part.slice(equals + 1));
    const kind = Object.hasOwn(route.query, name) ? route.query[name] : undefined;
    if (kind === undefined) {
      dropped.add(name);
      continue;
    }
    const earlier = query.get(name);
    if (kind === "strings") {
      query.set(name, { kind, values: [...(earlier?.kind === "strings" ? earlier.values : []), text] });
      continue;
    }
    if (earlier !== undefined) {
      throw new Refused(
        "query-duplicate",
        { en: `the parameter ${name} is given twice`, ja: `パラメータ ${name} が二度あります` },
        name,
      );
    }
    query.set(name, valueFor(kind, name, text));
  }
  return { query, dropped: [...dropped] };
}

function valueFor(kind: Exclude<ParameterKind, "strings">, name: string, text: string): QueryValue {
  switch (kind) {
    case "bool":
      return { kind, value: boolValue(text) };
    case "int":
      if (text !== "" && !/^-?\d{1,19}$/.test(text)) {
        throw badValue(name);
      }
      return { kind, value: text };
    case "string":
    case "json":
      return { kind, value: text };
    case "filters":
      return { kind, filters: parseFilters(name, text) };
  }
}

/** What the engine takes for true (moby, api/server/httputils, BoolValue): anything but these, spaces taken off. */
export const boolValue = (text: string): boolean =>
  !["", "0", "no", "false", "none"].includes(text.trim().toLowerCase());

/** `+` is a space and every escape must be right. Text that is no UTF-8 is refused. */
function decodeText(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw malformed();
  }
}

/** Filters in both forms that the engine takes: `{"label":["a"]}` and `{"label":{"a":true}}`. */
function parseFilters(name: string, text: string): Filters {
  const filters = new Map<string, readonly string[]>();
  if (text === "") {
    return filters;
  }
  const root = parse(name, text);
  if (root.kind === "null") {
    return filters;
  }
  if (root.kind !== "object") {
    throw badValue(name);
  }
  for (const { key, value } of root.members) {
    if (filters.has(key)) {
      throw badValue(name);
    }
    filters.set(key, filterValues(name, value));
  }
  return filters;
}

function parse(name: string, text: string): JsonNode {
  try {
    return parseGoJson(text, { trailing: "refuse" }).root;
  } catch (error) {
    if (error instanceof JsonError) {
      throw badValue(name);
    }
    throw error;
  }
}

function filterValues(name: string, node: JsonNode): readonly string[] {
  if (node.kind === "null") {
    return [];
  }
  if (node.kind === "array") {
    return node.items.map((item) => (item.kind === "string" ? item.value : refuse(name)));
  }
  if (node.kind !== "object") {
    return refuse(name);
  }
  // An entry of false counts as well: the engine looks at the keys only (moby, api/types/filters, FromJSON).
  return [...new Set(node.members.map(({ key, value }) => (value.kind === "boolean" ? key : refuse(name))))];
}

const refuse = (name: string): never => {
  throw badValue(name);
};

const badValue = (name: string): Refused =>
  new Refused(
    "query-value",
    { en: `the value of the parameter ${name} is not of its kind`, ja: `パラメータ ${name} の値が種類に合いません` },
    name,
  );

const malformed = (): Refused =>
  new Refused("query-malformed", { en: "the query is not well formed", ja: "クエリの形式が正しくありません" });
