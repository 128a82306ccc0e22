import * as http from "node:http";
import { REQUEST_HEAD_MS_MAX } from "../limits.ts";
import type { Metrics } from "./metrics.ts";

/** Connections to the listener for metrics and health at once. */
export const ADMIN_CONNECTIONS_MAX = 64;

/** What the health page says. */
export interface Health {
  readonly ok: boolean;
  /** Which part is in trouble; empty when all is well. */
  readonly troubles: readonly string[];
}

/**
 * A listener of its own for `GET /metrics` and `GET /healthz`. It shares nothing with the ways to the engine: no request
 * that comes in here can reach it.
 */
export function createAdminServer(metrics: Metrics, health: () => Promise<Health>): http.Server {
  const server = http.createServer(
    { headersTimeout: REQUEST_HEAD_MS_MAX, requestTimeout: REQUEST_HEAD_MS_MAX },
    (request, response) => {
      void answer(request, response, metrics, health);
    },
  );
  server.maxConnections = ADMIN_CONNECTIONS_MAX;
  return server;
}

async function answer(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  metrics: Metrics,
  health: () => Promise<Health>,
): Promise<void> {
  const send = (status: number, type: string, text: string) => {
    response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text) });
    response.end(request.method === "HEAD" ? undefined : text);
  };
  if (request.method !== "GET" && request.method !== "HEAD") {
    send(405, "text/plain", "GET only\n");
  } else if (request.url === "/metrics") {
    send(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text());
  } else if (request.url === "/healthz") {
    const state = await health();
    send(state.ok ? 200 : 503, "application/json", `${JSON.stringify(state)}\n`);
  } else {
    send(404, "text/plain", "/metrics, /healthz\n");
  }
}
