/** The data plane between a client that writes raw bytes and an upstream that tells what reached it. */
import assert from "node:assert/strict";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { test } from "node:test";
import { openTestGate } from "../gate.fixture.ts";
import { INSPECTED_BODY_BYTES_MAX, PIPELINED_REQUESTS_MAX } from "../limits.ts";
import { passThrough, refusing } from "./pass-through.fixture.ts";

interface Seen {
  readonly line: string;
  readonly body: string;
}

/** An upstream that writes down what reaches it and answers with the number of requests so far. */
function recorder() {
  const seen: Seen[] = [];
  const answer = async (message: IncomingMessage, response: import("node:http").ServerResponse) => {
    let body = "";
    for await (const chunk of message) {
      body += String(chunk);
    }
    seen.push({ line: `${message.method} ${message.url}`, body });
    response.setHeader("Api-Version", "1.41");
    response.setHeader("Server", "Docker/test (linux)");
    response.end(`answer ${seen.length}\n`);
  };
  return { seen, answer: (m: IncomingMessage, r: import("node:http").ServerResponse) => void answer(m, r) };
}

const head = (line: string, ...headers: string[]) => `${[line, "Host: docker", ...headers].join("\r\n")}\r\n\r\n`;

test("a request is answered by the engine, and a refusal in the engine's shape with the engine's headers", async (t) => {
  const { seen, answer } = recorder();
  const decider = refusing(({ target }) => (target.includes("create") ? "not here" : undefined));
  const gate = await openTestGate(t, answer, { decider });
  assert.match(
    await gate.exchange(head("GET /_ping HTTP/1.1", "Connection: close")),
    /^HTTP\/1\.1 200 OK\r\n[\s\S]*answer 1\n$/,
  );
  const refused = await gate.exchange(
    `${head(
      "POST /containers/create HTTP/1.1",
      "Connection: close",
      "Content-Type: application/json",
      "Content-Length: 2",
    )}{}`,
  );
  assert.match(refused, /^HTTP\/1\.1 403 Forbidden\r\n/);
  assert.match(refused, /\r\nApi-Version: 1\.41\r\n/);
  assert.match(refused, /\r\nServer: Docker\/test \(linux\)\r\n/);
  assert.match(refused, /\r\n\r\n\{"message":"not here"\}\n$/);
  assert.deepEqual(
    seen.map(({ line }) => line),
    ["GET /_ping"],
  );
});

const MALFORMED: readonly (readonly [name: string, bytes: string])[] = [
  [
    "a length and chunks at once",
    `POST /a HTTP/1.1\r\nHost: d\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  ["two equal lengths", "POST /a HTTP/1.1\r\nHost: d\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}"],
  ["two lengths that differ", "POST /a HTTP/1.1\r\nHost: d\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"],
  ["a length with a sign", "POST /a HTTP/1.1\r\nHost: d\r\nContent-Length: +2\r\n\r\n{}"],
  ["an unknown coding", "POST /a HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"],
  [
    "chunked, and then something else",
    "POST /a HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
  ],
  ["a bare line feed", "GET /a HTTP/1.1\nHost: d\n\n"],
  ["a folded header", "GET /a HTTP/1.1\r\nHost: d\r\nX: a\r\n b\r\n\r\n"],
  ["a space before the colon", "GET /a HTTP/1.1\r\nHost : d\r\n\r\n"],
  ["a method in lower case", "get /a HTTP/1.1\r\nHost: d\r\n\r\n"],
  ["a chunk size that is none", "POST /a HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
  ["the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["TLS where none is spoken", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
  ["headers without an end", `GET /a HTTP/1.1\r\nHost: d\r\nX: ${"a".repeat(70_000)}`],
  ["a CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: d\r\n\r\n"],
];

for (const [name, bytes] of MALFORMED) {
  test(`${name}: refused, and nothing reaches the engine`, async (t) => {
    const { seen, answer } = recorder();
    const gate = await openTestGate(t, answer);
    const text = await gate.exchange(bytes);
    assert.match(text, /^(?:HTTP\/1\.1 4\d\d [\s\S]*)?$/);
    assert.deepEqual(seen, []);
  });
}

test("requests that are sent ahead are judged and run one after another, in order", async (t) => {
  const running: string[] = [];
  let atOnce = 0;
  const gate = await openTestGate(t, (message, response) => {
    running.push(message.url ?? "");
    atOnce += 1;
    assert.equal(atOnce, 1);
    setTimeout(() => {
      atOnce -= 1;
      response.end(message.url);
    }, 5);
  });
  const text = await gate.exchange(
    head("GET /a HTTP/1.1") + head("GET /b HTTP/1.1") + head("GET /c HTTP/1.1", "Connection: close"),
  );
  assert.deepEqual(running, ["/a", "/b", "/c"]);
  assert.deepEqual(text.match(/\/[abc]$|\/[abc](?=HTTP)/gm), ["/a", "/b", "/c"]);
});

test("only so many requests wait on one connection", async (t) => {
  const { seen, answer } = recorder();
  const gate = await openTestGate(t, answer);
  const fitting = head("GET /a HTTP/1.1").repeat(PIPELINED_REQUESTS_MAX) + head("GET /a HTTP/1.1", "Connection: close");
  assert.equal((await gate.exchange(fitting)).match(/answer/g)?.length, PIPELINED_REQUESTS_MAX + 1);
  await gate.exchange(head("GET /a HTTP/1.1").repeat(PIPELINED_REQUESTS_MAX + 2));
  assert.ok(seen.length < 2 * PIPELINED_REQUESTS_MAX + 2, String(seen.length));
});

test("HTTP/1.0 is answered and closed", async (t) => {
  const { answer } = recorder();
  const gate = await openTestGate(t, answer);
  assert.match(await gate.exchange("GET /_ping HTTP/1.0\r\n\r\n"), /^HTTP\/1\.1 200 OK\r\n[\s\S]*answer 1\n$/);
});

test("a client that waits for 100 Continue is told to go on before its body is read", async (t) => {
  const { seen, answer } = recorder();
  const gate = await openTestGate(t, answer);
  const socket = gate.connect();
  socket.write(
    head("POST /containers/create HTTP/1.1", "Expect: 100-continue", "Content-Length: 2", "Connection: close"),
  );
  const [first] = (await once(socket, "data")) as [Buffer];
  assert.match(String(first), /^HTTP\/1\.1 100 Continue\r\n\r\n$/);
  const rest = once(socket, "data");
  socket.write("{}");
  assert.match(String((await rest)[0]), /^HTTP\/1\.1 200 OK/);
  assert.deepEqual(seen, [{ line: "POST /containers/create", body: "{}" }]);
  socket.destroy();
});

test("a body of the largest size is inspected, one byte more is refused and said so", async (t) => {
  const { seen, answer } = recorder();
  const gate = await openTestGate(t, answer);
  const post = (bytes: number) =>
    gate.exchange(
      head("POST /containers/create HTTP/1.1", "Connection: close", `Content-Length: ${bytes}`) + "a".repeat(bytes),
    );
  assert.match(await post(INSPECTED_BODY_BYTES_MAX), /^HTTP\/1\.1 200 OK/);
  assert.match(
    await post(INSPECTED_BODY_BYTES_MAX + 1),
    /^HTTP\/1\.1 413 [\s\S]*"message":"sekisho: the request's body is larger/,
  );
  assert.deepEqual(
    seen.map(({ body }) => body.length),
    [INSPECTED_BODY_BYTES_MAX],
  );
});

test("what follows a refused body is not taken for a request", async (t) => {
  const { seen, answer } = recorder();
  const gate = await openTestGate(t, answer, {
    decider: { ...refusing(() => "no"), bodyPlan: () => ({ kind: "streamed", bytesMax: 0 }) },
  });
  const smuggled = head("POST /containers/create HTTP/1.1");
  const text = await gate.exchange(
    `${head("POST /x HTTP/1.1", `Content-Length: ${smuggled.length + 5}`) + smuggled}abcde`,
  );
  assert.equal(text.match(/HTTP\/1\.1/g)?.length, 1);
  assert.deepEqual(seen, []);
});

test("a stream is passed on as it comes, and cut where it grows too large", async (t) => {
  const { seen, answer } = recorder();
  const gate = await openTestGate(t, answer, {
    decider: { ...passThrough, bodyPlan: () => ({ kind: "streamed", bytesMax: 10 }) },
  });
  const post = (body: string) =>
    gate.exchange(head("POST /build HTTP/1.1", "Connection: close", `Content-Length: ${body.length}`) + body);
  assert.match(await post("0123456789"), /^HTTP\/1\.1 200 OK/);
  assert.match(await post("0123456789a"), /^HTTP\/1\.1 413 /);
  assert.deepEqual(seen, [{ line: "POST /build", body: "0123456789" }]);
});

test("an engine that is not there is a fault of the way, not a denial", async (t) => {
  const { answer } = recorder();
  const gate = await openTestGate(t, answer);
  gate.upstream.close();
  const text = await gate.exchange(head("GET /_ping HTTP/1.1", "Connection: close"));
  assert.match(
    text,
    /^HTTP\/1\.1 502 Bad Gateway\r\n[\s\S]*\{"message":"sekisho: the Docker Engine behind the gate cannot be reached/,
  );
});

test("a mistake of the gate ends the request with 503, and the gate goes on", async (t) => {
  const { seen, answer } = recorder();
  const broken = { ...passThrough, judge: async () => assert.fail("a mistake") };
  const gate = await openTestGate(t, answer, { decider: broken });
  assert.match(await gate.exchange(head("GET /a HTTP/1.1", "Connection: close")), /^HTTP\/1\.1 503 /);
  assert.match(await gate.exchange(head("GET /a HTTP/1.1", "Connection: close")), /^HTTP\/1\.1 503 /);
  assert.deepEqual(seen, []);
});

test("an answer that breaks off in the middle breaks off for the client", async (t) => {
  const gate = await openTestGate(t, (_message, response) => {
    response.write("first");
    setTimeout(() => response.destroy(), 20);
  });
  const text = await gate.exchange(head("GET /events HTTP/1.1"));
  assert.match(text, /first/);
  assert.doesNotMatch(text, /\r\n0\r\n/);
});

test("the head of a stream arrives before its first byte", async (t) => {
  const gate = await openTestGate(t, (_message, response) => response.flushHeaders());
  const socket = gate.connect();
  socket.write(head("GET /events HTTP/1.1"));
  const [first] = (await once(socket, "data")) as [Buffer];
  assert.match(String(first), /^HTTP\/1\.1 200 OK/);
  socket.destroy();
});

test("a client that goes away ends its request at the engine", async (t) => {
  const left = Promise.withResolvers<void>();
  const gate = await openTestGate(t, (_message, response) => {
    response.write("line\n");
    response.on("close", () => left.resolve());
  });
  const socket = gate.connect();
  socket.write(head("GET /containers/x/logs?follow=1 HTTP/1.1"));
  await once(socket, "data");
  socket.destroy();
  await left.promise;
});

test("a client that goes away in the middle of its upload ends it at the engine", async (t) => {
  const left = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const gate = await openTestGate(t, (message) => {
    message.once("data", () => begun.resolve());
    message.on("error", () => left.resolve());
    message.on("close", () => left.resolve());
  });
  const socket = gate.connect();
  socket.write(`${head("POST /build HTTP/1.1", "Content-Length: 1000")}abc`);
  await begun.promise;
  socket.destroy();
  await left.promise;
});
