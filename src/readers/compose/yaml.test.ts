import assert from "node:assert/strict";
import { test } from "node:test";
import { ReadError } from "../read-result.ts";
import { readCompose } from "./index.ts";
import { say } from "./one-service.fixture.ts";

function read(text: string) {
  const { workloads, problems } = readCompose(text, "c.yaml");
  return { workloads, hosts: workloads.map(({ config }) => config.HostConfig), said: problems.map(say) };
}

/** Ways to write the same privileged service; where the value stands. */
for (const [name, text, line, column] of [
  ["plain", "services:\n  web:\n    privileged: true\n", 3, 17],
  ["flow", "{services: {web: {privileged: true}}}", 1, 31],
  ["JSON", '{"services":\n {"web":\n {"privileged":\n true}}}', 4, 2],
  ["an alias", "x-p: &p true\nservices:\n  web: {privileged: *p}\n", 1, 9],
  ["an alias of the service", "x-s: &s\n  privileged: true\nservices:\n  web: *s\n", 2, 15],
  ["a merge key", "x-s: &s {privileged: true}\nservices:\n  web:\n    <<: *s\n", 1, 22],
  [
    "a list of merge keys",
    "x-a: &a {tty: true}\nx-b: &b {privileged: true}\nservices:\n  web: {<<: [*a, *b]}\n",
    2,
    22,
  ],
  ["a merge into a merge", "x-a: &a {privileged: true}\nx-b: &b {<<: *a}\nservices:\n  web: {<<: *b}\n", 1, 22],
  ["a merge key without an alias", "services:\n  web: {<<: {privileged: true}}\n", 2, 26],
  [
    "a key of its own over a merged one",
    "x-a: &a {privileged: false}\nservices:\n  web:\n    privileged: true\n    <<: *a\n",
    4,
    17,
  ],
  [
    "the first merged one",
    "x-a: &a {privileged: true}\nx-b: &b {privileged: false}\nservices: {web: {<<: [*a, *b]}}\n",
    1,
    22,
  ],
  ["an anchor that is set anew", "x-a: &a false\nx-b: &a true\nservices: {web: {privileged: *a}}\n", 2, 9],
  ["a string in quotes", "services: {web: {privileged: 'true'}}", 1, 30],
  ["a tag", "services: {web: {privileged: !!bool 'true'}}", 1, 37],
  ["a YAML 1.1 directive", "%YAML 1.1\n---\nservices: {web: {privileged: true}}", 3, 30],
  ["a byte order mark", "\uFEFFservices:\n  web:\n    privileged: true\n", 3, 17],
  ["carriage returns", "services:\r\n  web:\r\n    privileged: true\r\n", 3, 17],
  ["an anchor as a key", "x-k: &k privileged\nservices: {web: {*k : true}}", 2, 23],
] as const) {
  test(`a privileged service written with ${name}`, () => {
    const { workloads, said } = read(text);
    const [web] = workloads;
    assert.equal(web?.config.HostConfig.Privileged, true);
    assert.deepEqual(web?.where("HostConfig.Privileged"), {
      uri: "c.yaml",
      line,
      column,
      field: "HostConfig.Privileged",
    });
    assert.deepEqual(said, []);
  });
}

test("a directive of YAML 1.1 does not change what words mean: Compose knows one schema", () => {
  const text = "services:\n  web:\n    user: 1:30\n    privileged: no\n";
  const [old, current] = [read(`%YAML 1.1\n---\n${text}`), read(text)];
  assert.deepEqual(old.workloads[0]?.config, current.workloads[0]?.config);
  assert.equal(old.workloads[0]?.config.Config.User, "1:30");
});

test("a key named << in quotes is no merge key", () => {
  const { hosts, said } = read('services: {web: {"<<": {privileged: true}}}');
  assert.equal(hosts[0]?.Privileged, undefined);
  assert.deepEqual(said, ["note 1:18 services.web.<< the key << is not known to Sekisho and is not examined"]);
});

/** What nothing can be read of: code, and line and column. */
for (const [name, text, code, place] of [
  ["nothing", "", "NOT_THIS_INPUT", [1, 1]],
  ["a scalar", "hello", "NOT_THIS_INPUT", [1, 1]],
  ["a list", "\n- a\n", "NOT_THIS_INPUT", [2, 1]],
  ["no services", "apiVersion: v1\nkind: Pod\n", "NOT_THIS_INPUT", [1, 1]],
  ["a list of services", "image: ruby\nservices:\n  - postgres\n", "NOT_THIS_INPUT", [2, 1]],
  ["volumes only", "volumes: {a: {}}\n", "NOT_THIS_INPUT", [1, 1]],
  ["an open bracket", "services: [\n", "BAD_SYNTAX", [2, 1]],
  ["a tab as indentation", "services:\n\tweb: {}\n", "BAD_SYNTAX", [2, 1]],
  ["a stray bracket", "services: {}\n]]]]\n", "BAD_SYNTAX", [2, 1]],
  ["an unknown alias", "services:\n  web: *gone\n", "BAD_SYNTAX", [2, 8]],
  ["an alias before its anchor", "services: {a: *x, b: &x {}}\n", "BAD_SYNTAX", [1, 15]],
  ["an alias in its own anchor", "services: &s\n  web: *s\n", "BAD_SYNTAX", [2, 8]],
  ["a merge key in its own anchor", "services:\n  web: &w {<<: *w}\n", "BAD_SYNTAX", [2, 16]],
  ["two that merge each other", "services:\n  a: &a {<<: *b}\n  b: &b {<<: *a}\n", "BAD_SYNTAX", [2, 14]],
  ["a binary file", "\u007fELF\u0002\u0001\u0001\u0000\u0000", "BAD_SYNTAX", [1, 1]],
  ["a null byte", "services: {}\n\u0000", "BAD_SYNTAX", [1, 1]],
] as const) {
  test(`${name} cannot be read: ${code}`, () => {
    assert.throws(
      () => readCompose(text, "c.yaml"),
      (error) => {
        assert.ok(error instanceof ReadError);
        assert.deepEqual([error.code, error.place.line, error.place.column], [code, ...place]);
        return true;
      },
    );
  });
}

test("what is refused names its file, its line and why", () => {
  assert.throws(() => readCompose("services:\n  web: *gone\n", "c.yaml"), {
    code: "BAD_SYNTAX",
    message: "c.yaml:2:8: the alias *gone names no anchor above it",
  });
});

test("a key that is written twice is an error, and the last one is examined", () => {
  const { hosts, said } = read("services:\n  web:\n    privileged: false\n    privileged: true\n");
  assert.equal(hosts[0]?.Privileged, true);
  assert.deepEqual(said, [
    "error 4:5 services.web the key privileged is written twice, and Compose refuses that; the last one is examined",
  ]);
});

test("a key written twice inside a list names its entry", () => {
  const { said } = read("services: {web: {volumes: [{type: tmpfs, target: /a, target: /b}]}}");
  assert.match(said[0] ?? "", /^error 1:54 services\.web\.volumes\[0\] the key target is written twice/);
});

test("an anchor below a key that is no string is known further down", () => {
  const { hosts } = read("services:\n  web:\n    ? [a]\n    : &p true\n    privileged: *p\n");
  assert.equal(hosts[0]?.Privileged, true);
});

test("a service that is written twice is an error", () => {
  const { workloads, said } = read("services:\n  web: {tty: true}\n  web: {privileged: true}\n");
  assert.deepEqual([workloads.length, said.length], [1, 1]);
});

test("keys that are no strings, and merge keys of anything but mappings, are errors", () => {
  assert.deepEqual(read("services:\n  web:\n    ? [a]\n    : b\n    <<: 5\n    ~: 1\n").said, [
    "error 3:7 services.web a key has to be a plain string",
    "error 5:9 services.web.<< a merge key (<<) takes a mapping or a list of mappings",
    "error 6:5 services.web a key has to be a plain string",
  ]);
});

test("numbers and booleans as names of services are their text", () => {
  const { workloads } = read("services: {1.10: {}, true: {}, 0x1: {}}");
  assert.deepEqual(
    workloads.map(({ id }) => id),
    ["c.yaml#1.10", "c.yaml#true", "c.yaml#0x1"],
  );
});

test("a key of the language itself does no harm", () => {
  const text =
    "services:\n  __proto__:\n    environment: {__proto__: a}\n    labels: {__proto__: b, constructor: c}\n    sysctls: {toString: 1}\n";
  const { workloads, said } = read(text);
  const config = workloads[0]?.config;
  assert.deepEqual(Object.entries(config?.Config.Labels ?? {}), [
    ["__proto__", "b"],
    ["constructor", "c"],
  ]);
  assert.deepEqual([config?.Config.Env, workloads[0]?.name, said], [["__proto__=a"], "__proto__", []]);
  assert.equal(Object.getPrototypeOf(config?.Config.Labels), Object.prototype);
});

test("bytes of the file enter a message short and harmless", () => {
  const { said } = read(`services: {web: {"${"x".repeat(500)}\\e[31m\u202e": 1}}`);
  assert.match(said[0] ?? "", /the key x{80}… is not known/);
  assert.match(read('services: {web: {"\\e[31m": 1}}').said[0] ?? "", /the key \\u\{1b\}\[31m is not known/);
});
