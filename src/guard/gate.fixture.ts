/** A gate before an upstream of a test's own making, both on sockets in a folder of their own. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { type GateConfig, openGate, type RunningGate } from "./gate.ts";
import { parseListenAddress } from "./listen/address.ts";
import type { Decider } from "./plane/decider.ts";
import { passThrough } from "./plane/pass-through.fixture.ts";

export interface TestGate {
  readonly folder: string;
  readonly socketPath: string;
  readonly gate: RunningGate;
  readonly upstream: Server;
  /** Opens a connection to the gate. */
  readonly connect: () => Socket;
  /** Sends bytes and resolves to everything that comes back until the other side ends, at most for a while. */
  readonly exchange: (bytes: string | Buffer, options?: { readonly end?: boolean }) => Promise<string>;
}

export interface TestGateOptions {
  readonly decider?: Decider;
  readonly config?: Partial<GateConfig>;
  /** What the upstream does with an Upgrade. */
  readonly onUpgrade?: (message: { url?: string | undefined }, socket: Socket, head: Buffer) => void;
}

export async function openTestGate(
  context: TestContext,
  upstreamAnswers: RequestListener,
  { decider = passThrough, config = {}, onUpgrade }: TestGateOptions = {},
): Promise<TestGate> {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-gate-"));
  const upstreamPath = join(folder, "engine.sock");
  const socketPath = join(folder, "gate.sock");
  const upstream = createServer(upstreamAnswers);
  const sockets = new Set<Socket>();
  upstream.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  if (onUpgrade !== undefined) {
    upstream.on("upgrade", onUpgrade as (...args: unknown[]) => void);
  }
  await new Promise<void>((resolve) => upstream.listen(upstreamPath, resolve));
  const gate = await openGate({
    listeners: [{ address: parseListenAddress(`unix://${socketPath}`), client: "tester" }],
    upstream: { kind: "unix", uri: `unix://${upstreamPath}`, socketPath: upstreamPath },
    loadDecider: async () => decider,
    mode: "enforce",
    language: "en",
    talk: () => {},
    ...config,
  });
  context.after(async () => {
    for (const socket of sockets) {
      socket.destroy();
    }
    await gate.stop();
    upstream.close();
    rmSync(folder, { recursive: true });
  });
  const open = () => {
    const socket = connect({ path: socketPath, allowHalfOpen: true });
    socket.on("error", () => {});
    return socket;
  };
  return {
    folder,
    socketPath,
    gate,
    upstream,
    connect: open,
    exchange: (bytes, options) => exchange(open(), bytes, options),
  };
}

/** Milliseconds after which a test gives up on an answer. */
const ANSWER_MS_MAX = 20_000;

export function exchange(socket: Socket, bytes: string | Buffer, options: { end?: boolean } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => reject(new Error(`no end after ${JSON.stringify(text)}`)), ANSWER_MS_MAX);
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      text += chunk;
    });
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(text);
    };
    socket.on("end", finish);
    socket.on("close", finish);
    socket.write(bytes);
    if (options.end === true) {
      socket.end();
    }
  });
}
