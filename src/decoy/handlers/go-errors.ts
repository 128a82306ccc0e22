/** Bodies in JSON, decoded as dockerd decodes them and refused in the words of Go's encoding/json. */
import {
  decodeGo,
  fieldFor,
  type GoStruct,
  type GoStructType,
  type GoType,
  JsonError,
  type JsonNode,
  parseGoJson,
} from "../../engine/index.ts";
import { EngineFault } from "../state/fault.ts";
import type { Context } from "./context.ts";

/** How an endpoint treats what it cannot read. */
export interface BodyRules {
  /** 20.10 answers create, update and auth with 500, everything else with 400. */
  readonly status: 400 | 500;
  /** What an empty body is called. */
  readonly empty: string;
  /** Package of the outermost type, as Go's messages name it. */
  readonly typeName: string;
  readonly structName: string;
}

/** Decodes the body of a request. Undefined: `null`. */
export function readJson(
  context: Context,
  type: GoStructType,
  rules: BodyRules,
): { value: GoStruct; node: JsonNode } | undefined {
  checkForJson(context);
  const { body } = context.request;
  context.response.bodyRead = true;
  const modern = context.engine.api >= 42;
  const refuse = (message: string): EngineFault =>
    new EngineFault(modern ? 400 : rules.status, modern ? `invalid JSON: ${message}` : message);
  if (modern && body.bytes.length === 0 && body.failure === undefined) {
    throw new EngineFault(400, "invalid JSON: got EOF while reading request body");
  }
  const source = body.bytes.toString("utf8");
  let node: JsonNode;
  try {
    node = parseGoJson(source, { trailing: modern ? "refuse" : "ignore" }).root;
  } catch (error) {
    if (!(error instanceof JsonError)) {
      throw error;
    }
    if (error.code === "TRAILING_DATA") {
      throw new EngineFault(400, "unexpected content after JSON");
    }
    const empty = /^[ \t\r\n]*$/.test(source);
    if (error.found === undefined && body.failure !== undefined && body.failure !== "unexpected EOF") {
      throw refuse(body.failure);
    }
    throw refuse(empty && body.failure === undefined ? rules.empty : syntaxMessage(error, source));
  }
  const wrong = node.kind === "null" ? undefined : typeMessage(type, node, rules);
  if (wrong !== undefined) {
    throw refuse(wrong);
  }
  if (node.kind === "null") {
    return undefined;
  }
  const { value } = decodeGo(type, node);
  return value?.kind === "struct" ? { value, node } : undefined;
}

/** `httputils.CheckForJSON`. */
export function checkForJson(context: Context): void {
  const { head, body } = context.request;
  const type = head.values.get("Content-Type")?.[0] ?? "";
  if (type === "" && body.captured.totalBytes === 0) {
    return;
  }
  if (!/^\s*application\/json\s*(?:;[^,]*)?$/i.test(type)) {
    throw new EngineFault(
      400,
      context.engine.api >= 42
        ? `unsupported Content-Type header (${type}): must be 'application/json'`
        : `Content-Type specified (${type}) must be 'application/json'`,
    );
  }
}

const AFTER: readonly (readonly [RegExp, string])[] = [
  [/^a value$/, "looking for beginning of value"],
  [/^a key in double quotes/, "looking for beginning of object key string"],
  [/^":" after a key$/, "after object key"],
  [/^"," or "}"$/, "after object key:value pair"],
  [/^"," or "]"$/, "after array element"],
  [/^the rest of a string/, "in string literal"],
  [/after a backslash$/, "in string escape code"],
  [/^four hexadecimal digits/, "in \\u hexadecimal character escape"],
];

function syntaxMessage(error: JsonError, source: string): string {
  const char = source.codePointAt(error.offset);
  if (char === undefined) {
    return "unexpected EOF";
  }
  const word = /^the rest of (true|false|null)$/.exec(error.expected)?.[1];
  if (word !== undefined) {
    return wordMessage(word, source, error.offset);
  }
  if (error.expected === "a digit") {
    const before = source.charAt(error.offset - 1);
    const place =
      before === "."
        ? "after decimal point in numeric literal"
        : /[eE+]/.test(before)
          ? "in exponent of numeric literal"
          : "in numeric literal";
    return `invalid character ${quoteChar(char)} ${place}`;
  }
  const place = AFTER.find(([pattern]) => pattern.test(error.expected))?.[1] ?? "after top-level value";
  return `invalid character ${quoteChar(char)} ${place}`;
}

/** `nul` is an unexpected end, `nux` an invalid character: Go reads a word a letter at a time. */
function wordMessage(word: string, source: string, offset: number): string {
  const start = source.lastIndexOf(word.charAt(0), offset);
  let index = 0;
  while (index < word.length && source.charAt(start + index) === word.charAt(index)) {
    index += 1;
  }
  const char = source.codePointAt(start + index);
  return char === undefined
    ? "unexpected EOF"
    : `invalid character ${quoteChar(char)} in literal ${word} (expecting ${quoteChar(word.charCodeAt(index))})`;
}

/** Go's `quoteChar`. */
function quoteChar(code: number): string {
  if (code === 0x27) {
    return "'\\''";
  }
  if (code === 0x22) {
    return "'\"'";
  }
  const escapes: Readonly<Record<number, string>> = {
    7: "\\a",
    8: "\\b",
    9: "\\t",
    10: "\\n",
    11: "\\v",
    12: "\\f",
    13: "\\r",
    92: "\\\\",
  };
  if (code < 0x20 || code === 0x7f || code === 0x5c) {
    return `'${escapes[code] ?? `\\x${code.toString(16).padStart(2, "0")}`}'`;
  }
  // A byte at a time: the first byte of a longer character, as Latin-1.
  const first = code < 0x80 ? code : (Buffer.from(String.fromCodePoint(code))[0] ?? code);
  return first >= 0x80 && first < 0xa0
    ? `'\\u${first.toString(16).padStart(4, "0")}'`
    : `'${String.fromCodePoint(first)}'`;
}

/** Types of fields that have a name of their own in moby. */
const NAMED: Readonly<Record<string, string>> = {
  ExposedPorts: "nat.PortSet",
  PortBindings: "nat.PortMap",
  NetworkMode: "container.NetworkMode",
  IpcMode: "container.IpcMode",
  PidMode: "container.PidMode",
  UTSMode: "container.UTSMode",
  UsernsMode: "container.UsernsMode",
  CgroupnsMode: "container.CgroupnsMode",
  Cgroup: "container.CgroupSpec",
  Isolation: "container.Isolation",
  LogConfig: "container.LogConfig",
  RestartPolicy: "container.RestartPolicy",
  HostConfig: "container.HostConfig",
  NetworkingConfig: "network.NetworkingConfig",
  EndpointsConfig: "map[string]*network.EndpointSettings",
  IPAM: "network.IPAM",
  EndpointConfig: "network.EndpointSettings",
  Healthcheck: "container.HealthConfig",
};

interface Place {
  readonly struct: string;
  readonly fields: readonly string[];
}

/** Go's message about the first value of a wrong type; undefined: there is none. */
function typeMessage(type: GoStructType, node: JsonNode, rules: BodyRules): string | undefined {
  if (node.kind !== "object") {
    return `json: cannot unmarshal ${kindWord(node)} into Go value of type ${rules.typeName}`;
  }
  return firstWrong(type, node, { struct: rules.structName, fields: [] });
}

function firstWrong(type: GoType, node: JsonNode, place: Place): string | undefined {
  const wrong = (name: string): string =>
    `json: cannot unmarshal ${kindWord(node, type.kind === "int")} into Go struct field ${place.struct}.${place.fields.join(".")} of type ${name}`;
  if (node.kind === "null") {
    return undefined;
  }
  const last = place.fields.at(-1) ?? "";
  switch (type.kind) {
    case "any":
      return undefined;
    case "pointer":
      return firstWrong(type.to, node, place);
    case "bool":
      return node.kind === "boolean" ? undefined : wrong("bool");
    case "string":
      return node.kind === "string"
        ? undefined
        : wrong(place.struct === "Mount" && last === "Type" ? "mount.Type" : (NAMED[last] ?? "string"));
    case "string-or-strings":
      return node.kind === "string" ||
        (node.kind === "array" && node.items.every((item) => item.kind === "string" || item.kind === "null"))
        ? undefined
        : wrong("string");
    case "int":
      return node.kind === "number" &&
        /^-?\d+$/.test(node.text) &&
        BigInt(node.text) >= type.lowest &&
        BigInt(node.text) <= type.highest
        ? undefined
        : wrong(typeName(type));
    case "slice":
    case "array":
      return node.kind === "array"
        ? firstOf(node.items.map((item) => () => firstWrong(type.of, item, place)))
        : wrong(NAMED[last] ?? typeName(type));
    case "map":
      return node.kind === "object"
        ? firstOf(node.members.map((member) => () => firstWrong(type.of, member.value, place)))
        : wrong(NAMED[last] ?? typeName(type));
    case "struct":
      return node.kind === "object" ? wrongInStruct(type, node.members, place) : wrong(NAMED[last] ?? type.name);
  }
}

function wrongInStruct(
  type: GoStructType,
  members: readonly { readonly key: string; readonly value: JsonNode }[],
  place: Place,
): string | undefined {
  const struct = place.fields.length === 0 ? place.struct : type.name;
  return firstOf(
    members.map((member) => () => {
      const field = fieldFor(type, member.key);
      return field === undefined
        ? undefined
        : firstWrong(field.type, member.value, { struct, fields: [...place.fields, field.name] });
    }),
  );
}

function firstOf(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const message = check();
    if (message !== undefined) {
      return message;
    }
  }
  return undefined;
}

function kindWord(node: JsonNode, forInteger = false): string {
  if (node.kind === "boolean") {
    return "bool";
  }
  return node.kind === "number" && forInteger ? `number ${node.text}` : node.kind;
}

function typeName(type: GoType): string {
  switch (type.kind) {
    case "slice":
      return `[]${typeName(type.of)}`;
    case "array":
      return `[${type.length}]${typeName(type.of)}`;
    case "map":
      return `map[string]${typeName(type.of)}`;
    case "pointer":
      return `*${typeName(type.to)}`;
    case "struct":
      return type.name;
    case "int":
      return type.lowest < 0n
        ? "int64"
        : type.highest === 65_535n
          ? "uint16"
          : type.highest === 2n ** 32n - 1n
            ? "uint32"
            : "uint64";
    case "string-or-strings":
      return "strslice.StrSlice";
    default:
      return type.kind;
  }
}
