import { type GoStruct, type GoType, type GoValue, itemsOf } from "../../engine/index.ts";
import type { Activation } from "./expression.ts";

/** What an expression is evaluated over. */
export interface ExpressionSubject {
  readonly client: string;
  readonly verb: string;
  readonly route: string;
  readonly method: string;
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly body: GoStruct | undefined;
  readonly bodyType: GoType | undefined;
}

/**
 * The request as CEL sees it: `request.verb`, `.route`, `.method`, `.query` (texts) and `.body`, in which every field
 * that the engine knows stands with Go's zero value where it was not written. So `request.body.HostConfig.Privileged`
 * never fails for being absent.
 */
export function activationOf(subject: ExpressionSubject): Activation {
  const counter = { items: 0 };
  const body = subject.bodyType === undefined ? new Map() : celValue(subject.bodyType, subject.body, counter);
  const request = new Map<string, unknown>([
    ["verb", subject.verb],
    ["route", subject.route],
    ["method", subject.method],
    ["query", new Map([...subject.query].map(([name, values]) => [name, values[0] ?? ""]))],
    ["body", body],
  ]);
  return { request, client: subject.client, items: counter.items + subject.query.size };
}

function celValue(type: GoType, value: GoValue | undefined, counter: { items: number }): unknown {
  counter.items += 1;
  switch (type.kind) {
    case "bool":
      return value?.kind === "bool" && value.value;
    case "string":
      return value?.kind === "string" ? value.value : "";
    case "int":
      return value?.kind === "int" ? BigInt(value.text) : 0n;
    case "pointer":
      return celValue(type.to, value, counter);
    case "string-or-strings":
      return value?.kind === "list" ? itemsOf(value).map((item) => (item?.kind === "string" ? item.value : "")) : [];
    case "any":
      return null; // not modelled: an expression cannot rest on it
    case "slice":
    case "array":
      return value?.kind === "list" ? itemsOf(value).map((item) => celValue(type.of, item, counter)) : [];
    case "map":
      return new Map(
        value?.kind === "map"
          ? [...value.entries].map(([key, entry]) => [key, celValue(type.of, entry, counter)] as const)
          : [],
      );
    case "struct":
      return new Map(
        type.fields.map((field) => [
          field.name,
          celValue(field.type, value?.kind === "struct" ? value.fields.get(field.name) : undefined, counter),
        ]),
      );
  }
}
