import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { RELAY_CONNECTIONS_MAX } from "./limits.ts";
import { waitUntil } from "./wait-until.ts";

const WAIT_MS_MAX = 10_000;

const folder = mkdtempSync(join(tmpdir(), "relay-"));
/** Says back, in capitals, what it was told, but only after the other side has said everything. */
const target = createServer({ allowHalfOpen: true }, async (socket) => {
  socket.on("error", () => socket.destroy());
  const heard: Buffer[] = [];
  for await (const bytes of socket) {
    heard.push(bytes as Buffer);
  }
  socket.end(Buffer.concat(heard).toString().toUpperCase());
});
let relay: ChildProcess;
let port: number;

before(async () => {
  const targetPath = join(folder, "target.sock");
  await once(target.listen(targetPath), "listening");
  const ready = join(folder, "ready");
  const program = join(import.meta.dirname, "relay.ts");
  relay = spawn(process.execPath, [program, "tcp:0", `unix:${targetPath}`, ready], { stdio: "inherit" });
  assert.ok(await waitUntil(() => existsSync(ready) || undefined, WAIT_MS_MAX));
  port = (JSON.parse(readFileSync(ready, "utf8")) as AddressInfo).port;
});

after(async () => {
  relay.kill("SIGKILL");
  await once(relay, "exit");
  target.close();
  rmSync(folder, { recursive: true });
});

async function open(): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
  await once(socket, "connect");
  return socket;
}

/** Ends its own half first, as the Docker CLI does, and returns everything that comes after. */
async function ask(socket: Socket, question: string): Promise<string> {
  socket.end(question);
  return (await socket.toArray()).map(String).join("");
}

test("the answer comes through after the question has ended", async () => {
  assert.equal(await ask(await open(), "hello"), "HELLO");
});

test("a megabyte comes through whole", async () => {
  assert.equal((await ask(await open(), "x".repeat(1_048_576))).length, 1_048_576);
});

test("as many connections as the limit says are carried, and one more is closed", async () => {
  const sockets: Socket[] = [];
  for (let count = 0; count < RELAY_CONNECTIONS_MAX; count++) {
    sockets.push(await open());
  }
  // Closed before or while it asks: then there is nothing, or ECONNRESET.
  assert.notEqual(await ask(await open(), "one too many").catch((error) => error.code), "ONE TOO MANY");
  assert.equal(await ask(sockets.at(-1) as Socket, "the last"), "THE LAST");
  for (const socket of sockets) {
    socket.destroy();
  }
});
