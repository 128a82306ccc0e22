import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { TlsOptions } from "node:tls";
import {
  CONNECTIONS_MAX,
  KEPT_CONNECTION_IDLE_MS_MAX,
  REQUEST_HEAD_BYTES_MAX,
  REQUEST_HEAD_MS_MAX,
  SLOW_CLIENT_CHECK_MS,
  TCP_KEEP_ALIVE_MS,
} from "../limits.ts";
import { Order } from "./connection.ts";
import type { Peer, PlaneContext } from "./context.ts";
import { errorBody, errorHeaders, serve } from "./exchange.ts";
import { PlainClient } from "./plain-client.ts";
import { UpgradeClient } from "./upgrade-client.ts";
import { headText, reasonOf } from "./wire.ts";

/** Tells who sits at the other end of a fresh connection; `undefined`: nobody that is known. */
export type Identify = (socket: Socket) => Peer | undefined;

export interface PlaneServerOptions {
  readonly identify: Identify;
  readonly context: PlaneContext;
  /** Present: TLS. */
  readonly tls?: TlsOptions;
}

export interface PlaneServer {
  readonly server: http.Server;
  /** Cuts every connection, those too that Node's server has let go of. */
  readonly cutAll: () => void;
}

interface Connection {
  readonly peer: Peer;
  readonly order: Order;
}

/**
 * Makes the HTTP server of one listener. Every request and every wish to upgrade of its connections goes through
 * {@link serve}; there is no other way in. `upgrade` is listened to, so a request with an Upgrade header always comes
 * with its body unread and is decided like the others; what is no way to switch protocols is refused there.
 */
export function createPlaneServer({ identify, context, tls }: PlaneServerOptions): PlaneServer {
  const connections = new WeakMap<Duplex, Connection>();
  const sockets = new Set<Socket>();
  const options: http.ServerOptions = {
    insecureHTTPParser: false,
    maxHeaderSize: REQUEST_HEAD_BYTES_MAX,
    headersTimeout: REQUEST_HEAD_MS_MAX,
    // Bodies have clocks of their own: an upload may take hours as long as it goes on.
    requestTimeout: 0,
    keepAliveTimeout: KEPT_CONNECTION_IDLE_MS_MAX,
    connectionsCheckingInterval: SLOW_CLIENT_CHECK_MS,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: TCP_KEEP_ALIVE_MS,
  };
  const server = tls === undefined ? http.createServer(options) : https.createServer({ ...options, ...tls });
  server.maxConnections = CONNECTIONS_MAX;
  // Node drops what is above its count without a word. The bytes of the head are bounded; their number is not.
  server.maxHeadersCount = 0;
  server.timeout = 0;
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on(tls === undefined ? "connection" : "secureConnection", (socket: Socket) => {
    const peer = identify(socket);
    if (peer === undefined) {
      context.metrics.count("sekisho_guard_connections_refused_total");
      socket.destroy();
      return;
    }
    context.metrics.count("sekisho_guard_connections_total", { listener: peer.listener });
    connections.set(socket, { peer, order: new Order(socket) });
  });
  const take = (socket: Duplex, begin: (connection: Connection) => Promise<void>) => {
    const connection = connections.get(socket);
    if (connection === undefined) {
      socket.destroy(); // not identified
      return;
    }
    connection.order.run(() => begin(connection));
  };
  const onRequest = (waitsToSend: boolean) => (message: http.IncomingMessage, response: http.ServerResponse) =>
    take(message.socket, ({ peer }) => serve(new PlainClient(message, response, waitsToSend), peer, context));
  server.on("request", onRequest(false));
  server.on("checkContinue", onRequest(true));
  server.on("checkExpectation", (_message: http.IncomingMessage, response: http.ServerResponse) => {
    response.writeHead(417, ["Connection", "close", "Content-Length", "0"]).end();
  });
  server.on("upgrade", (message: http.IncomingMessage, socket: Duplex, head: Buffer) =>
    take(socket, ({ peer }) => serve(new UpgradeClient(message, socket as Socket, head), peer, context)),
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    context.metrics.count("sekisho_guard_malformed_total");
    answerMalformed(error, socket as Socket, context);
  });
  const cutAll = () => {
    for (const socket of sockets) {
      socket.destroy();
    }
  };
  return { server, cutAll };
}

/** Answers what Node's parser refuses. Nothing of it has been forwarded. */
function answerMalformed(error: NodeJS.ErrnoException, socket: Socket, context: PlaneContext): void {
  if (socket.destroyed || !socket.writable || error.code === "ECONNRESET" || socket.bytesWritten > 0) {
    // After an answer there is no telling which request this would belong to.
    socket.destroy();
    return;
  }
  const status = error.code === "HPE_HEADER_OVERFLOW" ? 431 : error.code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
  const body = errorBody(`sekisho: this is no HTTP request that the gate takes (${reasonOf(status)})`);
  const headers = [...errorHeaders(context), "Content-Length", String(body.length), "Connection", "close"];
  socket.write(headText(`HTTP/1.1 ${status} ${reasonOf(status)}`, headers));
  socket.end(body, () => socket.destroy());
}
