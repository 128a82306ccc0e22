import * as http from "node:http";
import * as https from "node:https";
import type { EngineEndpoint } from "../../engine/index.ts";
import { GateFault } from "../gate-error.ts";
import {
  LOOKUP_BYTES_MAX,
  LOOKUP_MS_MAX,
  REQUEST_HEAD_BYTES_MAX,
  UPSTREAM_CONNECT_MS_MAX,
  UPSTREAM_FREE_SOCKETS_MAX,
  UPSTREAM_SOCKETS_MAX,
} from "../limits.ts";

/** A request as it goes to the engine: every byte of its head is ours. */
export interface UpstreamHead {
  readonly method: string;
  readonly path: string;
  readonly headers: http.OutgoingHttpHeaders;
}

/** What the engine answers to a look-up. */
export interface LookupAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/** Times that a read is sent again when the engine had closed a kept connection just then. */
const STALE_CONNECTION_RETRIES_MAX = 1;

/** The engine behind the gate: kept connections for requests, a fresh one for each stream that is taken over. */
export class Upstream {
  readonly endpoint: EngineEndpoint;
  readonly #agent: http.Agent;
  readonly #target: http.RequestOptions;

  constructor(endpoint: EngineEndpoint) {
    this.endpoint = endpoint;
    const pool = {
      keepAlive: true,
      maxSockets: UPSTREAM_SOCKETS_MAX,
      maxFreeSockets: UPSTREAM_FREE_SOCKETS_MAX,
      scheduling: "lifo" as const,
    };
    this.#agent = usesTls(endpoint) ? new https.Agent(pool) : new http.Agent(pool);
    this.#target = targetOf(endpoint);
  }

  /** Opens a request over a kept connection. The caller sends the body and ends it. */
  open(head: UpstreamHead): http.ClientRequest {
    return this.#request(head, this.#agent);
  }

  /** Opens a request whose connection may be taken over: one of its own, half of which may be closed. */
  openTakeover(head: UpstreamHead): http.ClientRequest {
    return this.#request(head, undefined);
  }

  #request(head: UpstreamHead, agent: http.Agent | undefined): http.ClientRequest {
    const options: http.RequestOptions = {
      ...this.#target,
      method: head.method,
      path: head.path,
      headers: head.headers,
      setDefaultHeaders: false,
      maxHeaderSize: REQUEST_HEAD_BYTES_MAX,
      agent: agent ?? false,
    };
    if (agent === undefined) {
      // net.connect takes it, and @types/node does not list it among the options of a request.
      Object.assign(options, { allowHalfOpen: true });
    }
    const request = usesTls(this.endpoint) ? https.request(options) : http.request(options);
    limitConnecting(request, this.endpoint);
    return request;
  }

  /** Reads a small JSON document that a decision needs. @throws {GateFault} when no whole answer comes. */
  async lookup(path: string, headers: http.OutgoingHttpHeaders = {}): Promise<LookupAnswer> {
    for (let retries = 0; ; retries++) {
      const request = this.open({ method: "GET", path, headers: { host: "docker", ...headers } });
      try {
        return await exchange(request, this.endpoint);
      } catch (cause) {
        if (isStale(request, cause) && retries < STALE_CONNECTION_RETRIES_MAX) {
          continue;
        }
        throw faultOf(cause, this.endpoint);
      }
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Whether a request failed because the engine had closed a kept connection before it was sent. */
export function isStale(request: http.ClientRequest, cause: unknown): boolean {
  const code = codeOf(cause);
  return request.reusedSocket && (code === "ECONNRESET" || code === "EPIPE");
}

/** Says what is wrong with the engine, in a fault. */
export function faultOf(cause: unknown, endpoint: EngineEndpoint): GateFault {
  if (cause instanceof GateFault) {
    return cause;
  }
  const code = codeOf(cause);
  const why = code === "" ? "" : ` (${code})`;
  switch (code) {
    case "ENOENT":
    case "ECONNREFUSED":
    case "EACCES":
    case "EPERM":
    case "ENOTFOUND":
    case "EHOSTUNREACH":
    case "ETIMEDOUT":
      return new GateFault(
        "upstream-unreachable",
        {
          en: `sekisho: the Docker Engine behind the gate cannot be reached at ${endpoint.uri}${why}: is it running, and may the gate open its socket?`,
          ja: `sekisho: ゲートの先の Docker Engine（${endpoint.uri}）に接続できません${why}。エンジンが動いているか、ゲートがそのソケットを開けるかを確認してください。`,
        },
        { cause },
      );
    default:
      return new GateFault(
        "upstream-broken",
        {
          en: `sekisho: the Docker Engine behind the gate broke off${why}`,
          ja: `sekisho: ゲートの先の Docker Engine との通信が途切れました${why}。`,
        },
        { cause },
      );
  }
}

function limitConnecting(request: http.ClientRequest, endpoint: EngineEndpoint): void {
  request.once("socket", (socket) => {
    if (!socket.connecting) {
      return;
    }
    const timer = setTimeout(() => {
      request.destroy(
        new GateFault("upstream-timeout", {
          en: `sekisho: the Docker Engine at ${endpoint.uri} did not take the connection within ${UPSTREAM_CONNECT_MS_MAX} ms`,
          ja: `sekisho: Docker Engine（${endpoint.uri}）が ${UPSTREAM_CONNECT_MS_MAX} ミリ秒以内に接続を受け付けませんでした。`,
        }),
      );
    }, UPSTREAM_CONNECT_MS_MAX);
    const stop = () => clearTimeout(timer);
    socket.once(usesTls(endpoint) ? "secureConnect" : "connect", stop);
    socket.once("close", stop);
  });
}

function exchange(request: http.ClientRequest, endpoint: EngineEndpoint): Promise<LookupAnswer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      request.destroy(
        new GateFault("upstream-timeout", {
          en: `sekisho: the Docker Engine at ${endpoint.uri} did not answer a look-up within ${LOOKUP_MS_MAX} ms`,
          ja: `sekisho: Docker Engine（${endpoint.uri}）が照会に ${LOOKUP_MS_MAX} ミリ秒以内に応答しませんでした。`,
        }),
      );
    }, LOOKUP_MS_MAX);
    const fail = (cause: unknown) => {
      clearTimeout(timer);
      reject(cause);
    };
    request.once("error", fail);
    request.once("response", (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on("data", (chunk: Buffer) => {
        length += chunk.length;
        chunks.push(chunk);
        if (length > LOOKUP_BYTES_MAX) {
          const tooLarge = new GateFault("upstream-too-large", {
            en: `sekisho: the engine's answer to a look-up is larger than ${LOOKUP_BYTES_MAX} bytes`,
            ja: `sekisho: 照会に対するエンジンの応答が ${LOOKUP_BYTES_MAX} バイトを超えています。`,
          });
          fail(tooLarge);
          request.destroy(tooLarge);
        }
      });
      response.once("error", fail);
      response.once("end", () => {
        clearTimeout(timer);
        resolve({
          status: response.statusCode ?? 0,
          body: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks),
        });
      });
    });
    request.end();
  });
}

function targetOf(endpoint: EngineEndpoint): http.RequestOptions {
  if (endpoint.kind === "unix") {
    return { socketPath: endpoint.socketPath };
  }
  const target = { host: endpoint.host, port: endpoint.port };
  if (endpoint.tls === undefined) {
    return target;
  }
  const { verify, ...files } = endpoint.tls;
  return { ...target, ...files, rejectUnauthorized: verify, minVersion: "TLSv1.2" } as https.RequestOptions;
}

export const usesTls = (endpoint: EngineEndpoint): boolean => endpoint.kind === "tcp" && endpoint.tls !== undefined;

const codeOf = (cause: unknown): string =>
  typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string" ? cause.code : "";
