/** Connections that are taken over: exec, attach, and what only looks like it. */
import assert from "node:assert/strict";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { test } from "node:test";
import { openTestGate, type TestGate } from "../gate.fixture.ts";
import { refusing } from "./pass-through.fixture.ts";

const SWITCHED =
  "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n";
const UPGRADE = "Connection: Upgrade\r\nUpgrade: tcp\r\n";

/** An engine that switches and sends back what it gets, and at its end how much that was. */
function echo(message: IncomingMessage, socket: Socket, head: Buffer): void {
  const early = head.subarray(Number(message.headers["content-length"]));
  let bytes = early.length;
  socket.write(SWITCHED);
  socket.write(early);
  socket.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    socket.write(chunk);
  });
  socket.on("end", () => socket.end(`|${bytes} bytes`));
}

async function readUntil(socket: Socket, wanted: string): Promise<string> {
  let text = "";
  while (!text.includes(wanted)) {
    const [chunk] = (await once(socket, "data")) as [Buffer];
    text += String(chunk);
  }
  return text;
}

const EXEC = '{"Detach":false,"Tty":false}';
const start = (...headers: string[]) =>
  `POST /v1.41/exec/abc/start HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\nContent-Length: ${EXEC.length}\r\n${headers.join("")}\r\n${EXEC}`;

function openEcho(t: Parameters<typeof openTestGate>[0]): Promise<TestGate> {
  return openTestGate(t, (_message, response) => response.end("plain"), { onUpgrade: echo as never });
}

test("after the switch bytes go both ways, and the end of the input is passed on while the output goes on", async (t) => {
  const gate = await openEcho(t);
  const socket = gate.connect();
  socket.write(start(UPGRADE));
  assert.equal(await readUntil(socket, "\r\n\r\n"), SWITCHED);
  socket.write("hello");
  assert.equal(await readUntil(socket, "hello"), "hello");
  socket.end();
  assert.equal(await readUntil(socket, "bytes"), "|5 bytes");
});

test("bytes that a client sends ahead of the switch are not lost", async (t) => {
  const gate = await openEcho(t);
  const text = await gate.exchange(`${start(UPGRADE)}early`, { end: true });
  assert.equal(text, `${SWITCHED}early|5 bytes`);
});

test("the body of an upgrade may come in pieces", async (t) => {
  const gate = await openEcho(t);
  const socket = gate.connect();
  const request = start(UPGRADE);
  socket.write(request.slice(0, -10));
  setTimeout(() => socket.write(request.slice(-10)), 20);
  assert.equal(await readUntil(socket, "\r\n\r\n"), SWITCHED);
  socket.destroy();
});

test("a client that asks for no upgrade gets 200 and then raw bytes, both ways", async (t) => {
  const gate = await openEcho(t);
  const socket = gate.connect();
  socket.write(start());
  const head = await readUntil(socket, "\r\n\r\n");
  assert.equal(head, "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n");
  socket.write("GET / HTTP/1.1\r\n\r\n"); // bytes for the process, not a request
  assert.equal(await readUntil(socket, "\r\n\r\n"), "GET / HTTP/1.1\r\n\r\n");
  socket.end();
  assert.equal(await readUntil(socket, "bytes"), "|18 bytes");
});

test("a chunked attach without any chunk, as dockerode sends it, is taken over", async (t) => {
  const gate = await openEcho(t);
  const attach = `POST /containers/a/attach?stream=1 HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n${UPGRADE}\r\n`;
  assert.equal(await gate.exchange(`${attach}0\r\n\r\nabc`, { end: true }), `${SWITCHED}abc|3 bytes`);
  const socket = gate.connect();
  socket.write(attach);
  assert.equal(await readUntil(socket, "\r\n\r\n"), SWITCHED);
  socket.destroy();
});

for (const [name, request] of [
  [
    "a chunked body of an exec start",
    `POST /exec/a/start HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n${UPGRADE}\r\n2\r\n{}\r\n0\r\n\r\n`,
  ],
  [
    "a chunk in an attach",
    `POST /containers/a/attach HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n${UPGRADE}\r\n2\r\n{}\r\n`,
  ],
] as const) {
  test(`${name} with an upgrade is refused: where it ends is nowhere said before the switch`, async (t) => {
    let reached = 0;
    const gate = await openTestGate(
      t,
      () => {
        reached += 1;
      },
      {
        onUpgrade: () => {
          reached += 1;
        },
      },
    );
    assert.match(await gate.exchange(request), /^HTTP\/1\.1 411 /);
    assert.equal(reached, 0);
  });
}

test("an upgrade elsewhere is judged with its body like any request, and forwarded without the upgrade", async (t) => {
  const seen: string[] = [];
  const decider = refusing(({ body = Buffer.alloc(0) }) => {
    const text = Buffer.from(body).toString();
    seen.push(text);
    return text.includes("Privileged") ? "no" : undefined;
  });
  const gate = await openTestGate(t, (message, response) => response.end(`upgrade: ${message.headers.upgrade}`), {
    decider,
    onUpgrade: () => assert.fail("the engine was asked to switch"),
  });
  const create = (body: string) =>
    gate.exchange(
      `POST /containers/create HTTP/1.1\r\nHost: d\r\nContent-Length: ${body.length}\r\n${UPGRADE}\r\n${body}`,
    );
  assert.match(await create('{"Privileged":true}'), /^HTTP\/1\.1 403 /);
  assert.match(await create("{}"), /^HTTP\/1\.1 200 OK\r\n[\s\S]*upgrade: undefined$/);
  assert.deepEqual(seen, ['{"Privileged":true}', "{}"]);
});

test("what the engine says instead of switching reaches the client", async (t) => {
  const message = '{"message":"container abc is not running"}\n';
  const gate = await openTestGate(t, (_request, response) => response.writeHead(409).end(message), {
    onUpgrade: (_message, socket) => {
      socket.end(
        `HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\nContent-Length: ${message.length}\r\n\r\n${message}`,
      );
    },
  });
  const text = await gate.exchange(start(UPGRADE));
  assert.match(text, /^HTTP\/1\.1 409 Conflict\r\nContent-Type: application\/json\r\n[\s\S]*is not running"\}\n$/);
});

test("when the engine cuts a stream, the client is cut; when the client is gone, the engine is cut", async (t) => {
  const sockets: Socket[] = [];
  const gate = await openTestGate(t, () => {}, {
    onUpgrade: (_message, socket) => {
      sockets.push(socket);
      socket.write(SWITCHED);
    },
  });
  const first = gate.connect();
  first.write(start(UPGRADE));
  await readUntil(first, "\r\n\r\n");
  sockets[0]?.destroy();
  await once(first, "end");

  const second = gate.connect();
  second.write(start(UPGRADE));
  await readUntil(second, "\r\n\r\n");
  const closed = new Promise((resolve) => sockets[1]?.on("close", resolve).on("error", resolve));
  second.destroy();
  const ended = once(sockets[1] as Socket, "end");
  sockets[1]?.resume();
  await ended;
  // Half of a connection looks the same as a vanished client until something is said.
  const talk = setInterval(() => sockets[1]?.write("anybody there?"), 5);
  await closed;
  clearInterval(talk);
});

test("a stream that nobody reads holds the one who writes, not our memory", async (t) => {
  const chunk = Buffer.alloc(64 * 1024);
  let written = 0;
  const gate = await openTestGate(t, () => {}, {
    onUpgrade: (_message, socket) => {
      socket.write(SWITCHED);
      const more = () => {
        while (written < 512 * 1024 * 1024 && socket.write(chunk)) {
          written += chunk.length;
        }
      };
      socket.on("drain", more);
      more();
    },
  });
  const socket = gate.connect();
  socket.write(start(UPGRADE));
  socket.pause();
  let before = -1;
  while (before !== written) {
    before = written;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.ok(written < 16 * 1024 * 1024, `${written} bytes were taken in`);
  socket.destroy();
});
