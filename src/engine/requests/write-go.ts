import type { JsonNode } from "../go-json-node.ts";
import type { GoStructType, GoType } from "../go-type.ts";
import { type GoList, type GoStruct, type GoValue, itemsOf } from "../go-value.ts";

/** Writes a value as JSON in the spelling of its type: fields in the type's order, integers from their text. */
export function writeGo(type: GoType, value: GoValue | undefined): string {
  if (value === undefined) {
    return zeroOf(type);
  }
  switch (value.kind) {
    case "bool":
      return String(value.value);
    case "string":
      return JSON.stringify(value.value);
    case "int":
      return value.text === "-0" ? "0" : value.text;
    case "list":
      return writeList(type, value);
    case "map": {
      const of = type.kind === "map" ? type.of : ANY;
      return `{${[...value.entries].map(([key, entry]) => `${JSON.stringify(key)}:${writeGo(of, entry)}`).join(",")}}`;
    }
    case "struct":
      return writeStruct(structType(type), value);
    case "any":
      return writeNode(value.node);
  }
}

const ANY: GoType = { kind: "any" };

function structType(type: GoType): GoStructType | undefined {
  return type.kind === "pointer" ? structType(type.to) : type.kind === "struct" ? type : undefined;
}

function writeStruct(type: GoStructType | undefined, value: GoStruct): string {
  const parts: string[] = [];
  for (const { name, type: fieldType } of type?.fields ?? []) {
    const field = value.fields.get(name);
    if (field !== undefined) {
      parts.push(`${JSON.stringify(name)}:${writeGo(fieldType, field)}`);
    }
  }
  return `{${parts.join(",")}}`;
}

function writeList(type: GoType, list: GoList): string {
  const bare = type.kind === "pointer" ? type.to : type;
  const of: GoType = bare.kind === "slice" || bare.kind === "array" ? bare.of : { kind: "string" };
  return `[${itemsOf(list)
    .map((item) => writeGo(of, item))
    .join(",")}]`;
}

/** What an item of a list, or an entry of a map, is when nothing was written to it. */
function zeroOf(type: GoType): string {
  switch (type.kind) {
    case "bool":
      return "false";
    case "string":
      return '""';
    case "int":
      return "0";
    case "struct":
      return "{}";
    case "array":
      return "[]";
    case "pointer":
    case "slice":
    case "map":
    case "string-or-strings":
    case "any":
      return "null";
  }
}

/** A tree of JSON written anew. Its depth is bounded where it was read. */
function writeNode(node: JsonNode): string {
  switch (node.kind) {
    case "object":
      return `{${node.members.map(({ key, value }) => `${JSON.stringify(key)}:${writeNode(value)}`).join(",")}}`;
    case "array":
      return `[${node.items.map(writeNode).join(",")}]`;
    case "string":
      return JSON.stringify(node.value);
    case "number":
      return node.text;
    case "boolean":
      return String(node.value);
    case "null":
      return "null";
  }
}
