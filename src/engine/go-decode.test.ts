import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { TYPE_ERRORS_MAX } from "./go-decode.ts";
import { BOOL, STRINGS } from "./go-type.ts";
import {
  CONFIG,
  CREATE_REQUEST_WITH_FLAT_FIELDS,
  decodeGo,
  decodeGoText,
  type GoStructType,
  type GoType,
  type GoValue,
  HOST_CONFIG,
  JsonError,
  parseGoJson,
  structOf,
} from "./index.ts";

/** What Go's encoder prints of a variable, with its zero values. */
function print(type: GoType, value: GoValue | undefined): unknown {
  switch (type.kind) {
    case "pointer":
      return value === undefined ? null : print(type.to, value);
    case "bool":
      return value?.kind === "bool" && value.value;
    case "string":
      return value?.kind === "string" ? value.value : "";
    case "int":
      return value?.kind === "int" ? Number(value.text) + 0 : 0;
    case "any":
      return value?.kind === "any" ? value.node : null;
    case "string-or-strings":
      return print(STRINGS, value);
    case "slice":
      return value?.kind === "list" ? printItems(type.of, value.storage, value.length) : null;
    case "array":
      return printItems(type.of, value?.kind === "list" ? value.storage : [], type.length);
    case "map":
      return value?.kind === "map"
        ? Object.fromEntries([...value.entries].map(([key, entry]) => [key, print(type.of, entry)]))
        : null;
    case "struct":
      return printStruct(type, value);
  }
}

const printItems = (type: GoType, items: readonly (GoValue | undefined)[], length: number) =>
  Array.from({ length }, (_, index) => print(type, items[index]));

function printStruct(type: GoStructType, value: GoValue | undefined): Record<string, unknown> {
  const fields = value?.kind === "struct" ? value.fields : new Map<string, GoValue>();
  return Object.fromEntries(type.fields.map((field) => [field.name, print(field.type, fields.get(field.name))]));
}

function decodeHostConfig(members: string) {
  const { root } = parseGoJson(`{${members}}`, { trailing: "refuse" });
  const { value, errors } = decodeGo(HOST_CONFIG, root);
  return { printed: printStruct(HOST_CONFIG, value), errors };
}

// The rows of knowledge/engine-api.md, section 4, that are about decoding. Each has its harmless neighbour beside it.
for (const [name, members, field, expected] of [
  ["folding: lower case", '"privileged":true', "Privileged", true],
  ["folding: upper case", '"PRIVILEGED":true', "Privileged", true],
  ["folding: long s, raw", '"Bind\u017F":["/:/mnt"]', "Binds", ["/:/mnt"]],
  ["folding: long s, escaped", '"Bind\\u017f":["/:/mnt"]', "Binds", ["/:/mnt"]],
  ["folding: Kelvin sign", '"Mas\u212AedPaths":[]', "MaskedPaths", []],
  ["folding: an escaped letter", '"\\u0050rivileged":true', "Privileged", true],
  ["folding: not dotless i", '"Pr\u0131vileged":true', "Privileged", false],
  ["folding: not a full-width letter", '"\uFF30rivileged":true', "Privileged", false],
  ["folding: not a Cyrillic letter", '"\u0420rivileged":true', "Privileged", false],
  ["folding: not a key with a blank", '"Privileged ":true', "Privileged", false],
  ["folding: not the keys of a map", '"Sysctls":{"A":"1","a":"2"}', "Sysctls", { A: "1", a: "2" }],
  ["duplicates: the last scalar counts", '"Privileged":false,"privileged":true', "Privileged", true],
  ["duplicates: the last scalar counts, harmless", '"Privileged":true,"privileged":false', "Privileged", false],
  [
    "duplicates: structs merge",
    '"LogConfig":{"Type":"syslog"},"LogConfig":{}',
    "LogConfig",
    { Type: "syslog", Config: null },
  ],
  ["duplicates: maps merge", '"Tmpfs":{"/a":""},"Tmpfs":{"/b":""}', "Tmpfs", { "/a": "", "/b": "" }],
  ["duplicates: an entry of a map starts anew", '"Tmpfs":{"/a":"x","/a":null}', "Tmpfs", { "/a": "" }],
  ["null: nothing to a bool", '"Privileged":true,"Privileged":null', "Privileged", true],
  ["null: nothing to a string", '"PidMode":"host","PidMode":null', "PidMode", "host"],
  ["null: clears a list", '"Binds":["/:/mnt"],"Binds":null', "Binds", null],
  ["null: clears a StrSlice", '"CapAdd":["ALL"],"CapAdd":null', "CapAdd", null],
  ["null: clears a pointer to a bool", '"OomKillDisable":true,"OomKillDisable":null', "OomKillDisable", null],
  ["storage: null leaves the old item", '"Binds":["/:/mnt"],"Binds":[null]', "Binds", ["/:/mnt"]],
  ["storage: an empty list drops it", '"Binds":["/:/mnt"],"Binds":[],"Binds":[null]', "Binds", [""]],
  ["storage: null drops it", '"Binds":["/:/mnt"],"Binds":null,"Binds":[null]', "Binds", [""]],
  [
    "storage: a cut-off item comes back",
    '"Binds":["a","/:/mnt"],"Binds":["b"],"Binds":["c",null]',
    "Binds",
    ["c", "/:/mnt"],
  ],
  ["storage: a StrSlice has none", '"CapAdd":["ALL"],"CapAdd":[null]', "CapAdd", [""]],
  ["string or list: a string", '"CapAdd":"ALL"', "CapAdd", ["ALL"]],
  ["string or list: a list", '"CapAdd":["ALL"]', "CapAdd", ["ALL"]],
] as const) {
  test(name, () => {
    const { printed, errors } = decodeHostConfig(members);
    assert.deepEqual(errors, []);
    assert.deepEqual(printed[field], expected);
  });
}

for (const [name, second, source] of [
  ["an empty struct revives the whole old one", "{}", "/"],
  ["a struct with another field keeps the rest of the old one", '{"Target":"/data"}', "/"],
  ["a struct that says its own source has that", '{"Source":"/srv"}', "/srv"],
] as const) {
  test(`storage: ${name}`, () => {
    const { printed } = decodeHostConfig(`"Mounts":[{"Type":"bind","Source":"/"}],"Mounts":[${second}]`);
    assert.partialDeepStrictEqual(printed, { Mounts: [{ Type: "bind", Source: source }] });
  });
}

for (const [members, field, expected] of [
  ['"Privileged":"true"', "Privileged", "bool"],
  ['"Privileged":1', "Privileged", "bool"],
  ['"Binds":"/:/mnt"', "Binds", "slice"],
  ['"Binds":["a",{}]', "Binds[1]", "string"],
  ['"CapAdd":7', "CapAdd", "string-or-strings"],
  ['"Mounts":[{},{"BindOptions":{"Propagation":true}}]', "Mounts[1].BindOptions.Propagation", "string"],
  ['"Sysctls":{"net.ipv4.ip_forward":1}', "Sysctls.net.ipv4.ip_forward", "string"],
  ['"Memory":1e8', "Memory", "int"],
  ['"Memory":9223372036854775808', "Memory", "int"],
  ['"BlkioWeight":-1', "BlkioWeight", "int"],
  ['"LogConfig":[]', "LogConfig", "struct"],
] as const) {
  test(`{${members}} is refused for ${field}`, () => {
    assert.deepEqual(
      decodeHostConfig(members).errors.map((error) => [error.field, error.expected]),
      [[field, expected]],
    );
  });
}

test("of exactly the limit of type errors all are kept, and of one more the first", () => {
  const bad = (count: number) =>
    parseGoJson(`{"A":[${Array(count).fill("{}").join(",")}]}`, { trailing: "refuse" }).root;
  const type = structOf("Test", { A: STRINGS });
  assert.equal(decodeGo(type, bad(TYPE_ERRORS_MAX)).errors.length, TYPE_ERRORS_MAX);
  const errors = decodeGo(type, bad(TYPE_ERRORS_MAX + 1)).errors;
  assert.equal(errors.length, TYPE_ERRORS_MAX);
  assert.equal(errors[0]?.field, "A[0]");
});

test("of two fields that fold to the same name, a key in another case means the first", () => {
  const type = structOf("Test", { Ab: BOOL, aB: BOOL });
  const { value } = decodeGo(type, parseGoJson('{"AB":true,"aB":true}', { trailing: "refuse" }).root);
  assert.deepEqual(printStruct(type, value), { Ab: true, aB: true });
});

interface Recorded {
  readonly text?: string;
  readonly base64?: string;
  readonly error?: string;
  readonly config?: Record<string, unknown>;
  readonly inner?: Record<string, unknown>;
  readonly flat?: Record<string, unknown>;
}

/** The oracle's structs are cut down; a struct of ours is compared on the fields that the oracle printed. */
function partOf(whole: unknown, shape: unknown): unknown {
  if (Array.isArray(whole) && Array.isArray(shape)) {
    return whole.map((item, index) => partOf(item, shape[index]));
  }
  if (typeof whole === "object" && whole !== null && typeof shape === "object" && shape !== null) {
    return Object.fromEntries(
      Object.keys(shape).map((key) => [
        key,
        partOf((whole as Record<string, unknown>)[key], (shape as Record<string, unknown>)[key]),
      ]),
    );
  }
  return whole;
}

test("every recorded text is decoded into what Go 1.19.8 made of it", () => {
  const path = new URL("../../test/corpus/go-json/decoded.jsonl", import.meta.url);
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  assert.ok(lines.length > 400);
  for (const line of lines) {
    const recorded: Recorded = JSON.parse(line);
    const text = recorded.text ?? decodeGoText(Buffer.from(recorded.base64 ?? "", "base64")).text;
    const decoded = decodeOrRefuse(text);
    assert.equal(decoded === undefined, recorded.error !== undefined, line);
    if (decoded !== undefined) {
      const { HostConfig: inner, ...flat } = decoded;
      assertSame(flat, CONFIG, recorded.config ?? {}, line);
      assertSame(flat, HOST_CONFIG, recorded.flat ?? {}, line);
      if (recorded.inner === undefined) {
        assert.equal(inner, null, line);
      } else {
        assertSame(inner, HOST_CONFIG, recorded.inner, line);
      }
    }
  }
});

/** The record leaves out fields that are zero. */
function assertSame(actual: unknown, type: GoStructType, recorded: Record<string, unknown>, line: string): void {
  const expected = { ...printStruct(type, undefined), ...recorded };
  assert.deepEqual(partOf(actual, expected), expected, line);
}

function decodeOrRefuse(text: string): Record<string, unknown> | undefined {
  try {
    const { root } = parseGoJson(text, { trailing: "ignore" });
    const { value, errors } = decodeGo(CREATE_REQUEST_WITH_FLAT_FIELDS, root);
    return errors.length > 0 ? undefined : printStruct(CREATE_REQUEST_WITH_FLAT_FIELDS, value);
  } catch (error) {
    assert.ok(error instanceof JsonError);
    return undefined;
  }
}
