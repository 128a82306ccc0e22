import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeRequest } from "./decode.ts";
import { encodeRequest } from "./encode.ts";
import { boolValue } from "./query.ts";
import type { ReceivedRequest } from "./received-request.ts";

const JSON_TYPE = ["Content-Type", "application/json"] as const;

const request = (
  line: string,
  body?: string,
  headers: readonly (readonly [string, string])[] = [JSON_TYPE],
): ReceivedRequest => {
  const space = line.indexOf(" ");
  return {
    method: line.slice(0, space),
    target: line.slice(space + 1),
    headers,
    ...(body !== undefined && { body: new TextEncoder().encode(body) }),
  };
};

/** What is forwarded of a request, as one line and a body; or the code of the refusal. */
function outcome(received: ReceivedRequest): string {
  const decoded = decodeRequest(received);
  if (!decoded.ok) {
    return decoded.refusal.code;
  }
  const { method, target, body } = encodeRequest(decoded.request);
  return `${method} ${target}${body === undefined ? "" : ` ${new TextDecoder().decode(body)}`}`;
}

for (const [line, expected] of [
  ["GET /_ping", "GET /_ping"],
  ["GET /v1.41/containers/json?all=1", "GET /v1.41/containers/json?all=1"],
  ["GET /containers/json?all=True&limit=-1&size=0", "GET /containers/json?all=1&limit=-1&size=0"],
  ["GET /v1.41/containers/json?all=1&Image=x", "GET /v1.41/containers/json?all=1"], // the engine ignores what it does not know
  ["GET /v1.41/images/docker.io%2Flibrary%2Fnginx%3A1/json", "GET /v1.41/images/docker.io/library/nginx:1/json"],
  ["GET /v1.44/images/a@sha256:12/json", "GET /v1.44/images/a@sha256:12/json"],
  [
    "GET /containers/json?filters=%7B%22label%22%3A%7B%22a%22%3Atrue%7D%7D",
    "GET /containers/json?filters=%7B%22label%22%3A%5B%22a%22%5D%7D",
  ],
  ["GET /containers/a/archive?path=%2Fetc%2F..%2Fx+y", "GET /containers/a/archive?path=%2Fetc%2F..%2Fx%20y"],
  ["GET /images/get?names=a&names=b", "GET /images/get?names=a&names=b"],
  ["POST /v1.41/containers/a/start", "POST /v1.41/containers/a/start"],
  // Refused: two readers could understand them in two ways, or nobody honest writes them.
  ["GET /containers%2fjson", "path-not-canonical"],
  ["GET /containers/%63reate", "path-not-canonical"],
  ["GET //containers/json", "path-not-canonical"],
  ["GET /containers/./json", "path-not-canonical"],
  ["GET /images/../containers/json", "path-not-canonical"],
  ["GET /containers/json/", "path-not-canonical"],
  ["GET http://x/containers/json", "bad-target"],
  ["GET *", "bad-target"],
  ["GET /containers/json#x", "bad-target"],
  ["GET /containers/a b/json", "path-not-canonical"],
  ["GET /containers\\json", "path-not-canonical"],
  ["GET /containers/-a/json", "bad-target"],
  ["GET /v1.041/info", "bad-version"],
  ["GET /v01.41/info", "bad-version"],
  ["GET /v1.41.0/info", "bad-version"],
  ["GET /v1./info", "bad-version"],
  ["GET /v1.23/info", "version-not-supported"],
  ["GET /v1.24/info", "GET /v1.24/info"],
  ["GET /v1.55/info", "GET /v1.55/info"],
  ["GET /v1.56/info", "version-not-supported"],
  ["GET /v1.24/configs", "version-not-supported"],
  ["GET /V1.41/info", "route-not-in-catalogue"],
  ["get /info", "route-not-in-catalogue"],
  ["GET /debug/pprof/", "path-not-canonical"],
  ["GET /debug/vars", "route-not-in-catalogue"],
  ["GET /containers/json?all=1&all=0", "query-duplicate"],
  ["GET /containers/json?limit=1;all=1", "query-malformed"],
  ["GET /containers/json?all=%zz", "query-malformed"],
  ["GET /containers/json?limit=x", "query-value"],
  ["GET /containers/json?filters=[]", "query-value"],
  ['GET /containers/json?filters={"a":["b"]}', "GET /containers/json?filters=%7B%22a%22%3A%5B%22b%22%5D%7D"],
  ['GET /containers/json?filters={"a":["b"],"a":["c"]}', "query-value"],
] as const) {
  test(`${line} -> ${expected}`, () => {
    assert.equal(outcome(request(line, undefined, [])), expected);
  });
}

const create = (body: string): string => outcome(request("POST /v1.41/containers/create?name=a", body));
const created = (body: string): string => `POST /v1.41/containers/create?name=a ${body}`;

for (const [name, body, expected] of [
  ["plain", '{"Image":"a"}', created('{"Image":"a"}')],
  [
    "another spelling",
    '{"image":"a","HOSTCONFIG":{"privileged":true}}',
    created('{"Image":"a","HostConfig":{"Privileged":true}}'),
  ],
  ["a folded letter", '{"HostConfig":{"Bind\\u017f":["/:/m"]}}', created('{"HostConfig":{"Binds":["/:/m"]}}')],
  ["a key twice", '{"HostConfig":{"Privileged":true},"HostConfig":{}}', created('{"HostConfig":{"Privileged":true}}')],
  ["an array twice", '{"HostConfig":{"Binds":["/:/m"],"Binds":[null]}}', created('{"HostConfig":{"Binds":["/:/m"]}}')],
  ["unknown keys", '{"Image":"a","Future":{"x":1}}', created('{"Image":"a"}')],
  ["fields at the top", '{"Image":"a","Privileged":true}', created('{"Image":"a","HostConfig":{"Privileged":true}}')],
  [
    "fields at the top beside a HostConfig",
    '{"Privileged":true,"HostConfig":{"Init":true}}',
    created('{"HostConfig":{"Init":true}}'),
  ],
  [
    "a large integer",
    '{"HostConfig":{"Memory":9007199254740993}}',
    created('{"HostConfig":{"Memory":9007199254740993}}'),
  ],
  ["one string for a list", '{"Cmd":"a"}', created('{"Cmd":["a"]}')],
  ["null for scalars", '{"Image":"a","Tty":null,"HostConfig":null}', created('{"Image":"a"}')],
  ["an item that is null", '{"HostConfig":{"Ulimits":[null]}}', created('{"HostConfig":{"Ulimits":[null]}}')],
  ["text after the value", '{"Image":"a"}{"x":1}', "body-syntax"],
  ["a wrong type", '{"HostConfig":{"Privileged":"true"}}', "body-type"],
  ["no object", "[]", "body-type"],
  ["null", "null", "body-type"],
  ["not JSON", "{", "body-syntax"],
  ["too deep", `${"[".repeat(40)}${"]".repeat(40)}`, "body-syntax"],
  ["a byte order mark", "\uFEFF{}", "body-syntax"],
  ["nothing", "", "body-missing"],
] as const) {
  test(`create with ${name}`, () => {
    assert.equal(create(body), expected);
  });
}

test("oddities that the engine takes are listed for a strict policy", () => {
  const decoded = decodeRequest(request("POST /containers/create", '{"Image":"a","image":"b","X":1,"Cmd":[null]}'));
  assert.deepEqual(decoded.ok && decoded.request.anomalies.map(({ kind }) => kind), [
    "duplicate-key",
    "other-spelling",
    "unknown-key",
    "null-in-array",
  ]);
});

test("bytes that are no UTF-8 are refused", () => {
  const body = Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
  assert.equal(outcome({ ...request("POST /containers/create"), body }), "body-not-utf8");
});

const START = "POST /v1.41/exec/e1/start";

for (const [name, line, headers, body, expected] of [
  ["no media type", "POST /containers/create", [], "{}", "media-type"],
  [
    "a form",
    "POST /containers/a/rename?name=b",
    [["Content-Type", "application/x-www-form-urlencoded"]],
    "name=c",
    "media-type",
  ],
  [
    "a form type without a body",
    "POST /containers/a/rename?name=b",
    [["content-type", "application/x-www-form-urlencoded"]],
    undefined,
    "POST /containers/a/rename?name=b",
  ],
  [
    "a charset",
    "POST /containers/create",
    [["Content-Type", "application/json; charset=utf-8"]],
    "{}",
    "POST /containers/create {}",
  ],
  ["a body where none is taken", "POST /containers/a/stop?t=1", [JSON_TYPE], '{"t":1}', "POST /containers/a/stop?t=1"],
  ["two media types", "POST /containers/create", [JSON_TYPE, ["content-type", "text/plain"]], "{}", "framing"],
  [
    "two lengths",
    "GET /info",
    [
      ["Content-Length", "0"],
      ["Content-Length", "0"],
    ],
    undefined,
    "framing",
  ],
  [
    "chunked and a length",
    "GET /info",
    [
      ["Content-Length", "1"],
      ["Transfer-Encoding", "chunked"],
    ],
    undefined,
    "framing",
  ],
  ["an odd coding", "GET /info", [["Transfer-Encoding", "gzip, chunked"]], undefined, "framing"],
  ["a compressed body", "POST /containers/create", [JSON_TYPE, ["Content-Encoding", "gzip"]], "{}", "framing"],
  ["an odd expectation", "GET /info", [["Expect", "x"]], undefined, "framing"],
  ["an upgrade elsewhere", "POST /containers/create", [JSON_TYPE, ["Upgrade", "tcp"]], "{}", "upgrade-not-here"],
  [
    "Connection: Upgrade alone elsewhere",
    "POST /containers/create",
    [JSON_TYPE, ["Connection", "keep-alive, upgrade"]],
    "{}",
    "upgrade-not-here",
  ],
  [
    "an upgrade where it belongs",
    START,
    [JSON_TYPE, ["Upgrade", "tcp"], ["Connection", "Upgrade"]],
    '{"Tty":true}',
    `${START} {"Tty":true}`,
  ],
  ["a bad header name", "GET /info", [["a b", "c"]], undefined, "header-malformed"],
] as const) {
  test(`headers: ${name}`, () => {
    assert.equal(outcome(request(line, body, headers)), expected);
  });
}

test("only headers that mean something are passed on", () => {
  const decoded = decodeRequest(
    request("GET /info", undefined, [
      ["Host", "docker"],
      ["user-agent", "x/1"],
      ["X-Forwarded-For", "192.0.2.1"],
      ["X-HTTP-Method-Override", "POST"],
      ["accept", "application/json"],
    ]),
  );
  assert.ok(decoded.ok);
  assert.deepEqual(encodeRequest(decoded.request).headers, [
    ["User-Agent", "x/1"],
    ["Accept", "application/json"],
  ]);
});

for (const [text, value] of [
  ["1", true],
  ["true", true],
  ["yes", true],
  ["x", true],
  ["False", false],
  ["0", false],
  [" no ", false],
  ["none", false],
  ["", false],
] as const) {
  test(`the engine takes ${JSON.stringify(text)} for ${value}`, () => {
    assert.equal(boolValue(text), value);
  });
}

/** JSON values that lean towards the fields of a create body, whatever their types. */
const { value: jsonValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.constantFrom("", "a", "/:/m", "host")),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        "Image",
        "HostConfig",
        "hostconfig",
        "Binds",
        "bindſ",
        "Mounts",
        "Source",
        "Type",
        "Labels",
        "Cmd",
        "Memory",
        "X",
      ),
      tie("value"),
      { maxKeys: 4 },
    ),
  ),
}));

test("what was written from a request is understood as the same request", () => {
  fc.assert(
    fc.property(
      jsonValue,
      fc.constantFrom(
        "POST /v1.41/containers/create",
        "POST /networks/create",
        "POST /volumes/create",
        "POST /services/create",
      ),
      (value, line) => {
        const first = decodeRequest(request(line, JSON.stringify(value)));
        if (!first.ok) {
          return;
        }
        const written = encodeRequest(first.request);
        const second = decodeRequest({ ...written, headers: [...written.headers] });
        assert.ok(second.ok);
        assert.deepEqual(
          second.request.anomalies.filter(({ kind }) => kind !== "null-in-array"),
          [],
        );
        assert.deepEqual(encodeRequest(second.request), written);
      },
    ),
    { numRuns: 1_000 },
  );
});

test("whatever the bytes, a request is understood or refused", () => {
  const header = fc.tuple(
    fc.constantFrom("Content-Type", "Content-Length", "Transfer-Encoding", "Upgrade", "Connection", "a b", "X"),
    fc.oneof(fc.string({ unit: "binary", maxLength: 20 }), fc.constantFrom("application/json", "chunked", "0")),
  );
  const target = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc
      .tuple(
        fc.constantFrom("/containers/", "/v1.41/images/", "/_ping", "/v1."),
        fc.string({ unit: "binary", maxLength: 20 }),
      )
      .map(([a, b]) => a + b),
  );
  fc.assert(
    fc.property(
      fc.constantFrom("GET", "POST", "PUT", "x"),
      target,
      fc.array(header, { maxLength: 4 }),
      fc.uint8Array({ maxLength: 60 }),
      (method, written, headers, body) => {
        const decoded = decodeRequest({ method, target: written, headers, body });
        if (decoded.ok) {
          encodeRequest(decoded.request);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});
