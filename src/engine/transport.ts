import * as http from "node:http";
import * as https from "node:https";
import type { Duplex } from "node:stream";
import type { EngineEndpoint } from "./endpoint-address.ts";
import { EngineError } from "./engine-error.ts";
import { codeOf, failureAt } from "./engine-failure.ts";
import type { EngineLimits } from "./engine-limits.ts";

/** An answer of an engine, whatever its status. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Times that a request is sent again when the engine had closed a kept connection just then. */
const STALE_CONNECTION_RETRIES_MAX = 1;

/** Sends GET requests, and nothing else, to one engine over a few kept connections. */
export class EngineTransport {
  readonly #endpoint: EngineEndpoint;
  readonly #limits: EngineLimits;
  readonly #agent: http.Agent;

  constructor(endpoint: EngineEndpoint, limits: EngineLimits) {
    this.#endpoint = endpoint;
    this.#limits = limits;
    const options = { keepAlive: true, maxSockets: limits.socketsMax, maxFreeSockets: limits.socketsMax };
    this.#agent = isTls(endpoint) ? new https.Agent(options) : new http.Agent(options);
  }

  /** @throws {EngineError} when no whole answer comes. A status such as 404 is an answer. */
  async get(path: string): Promise<RawAnswer> {
    for (let retries = 0; ; retries++) {
      const request = this.#open(path);
      try {
        return await this.#exchange(request);
      } catch (cause) {
        const wasStale = request.reusedSocket && codeOf(cause) === "ECONNRESET";
        if (!wasStale || retries === STALE_CONNECTION_RETRIES_MAX) {
          throw failureAt(this.#endpoint, cause);
        }
      }
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #open(path: string): http.ClientRequest {
    const endpoint = this.#endpoint;
    const options = { method: "GET", path, agent: this.#agent, headers: { accept: "application/json" } };
    if (endpoint.kind === "unix") {
      return http.request({
        ...options,
        socketPath: endpoint.socketPath,
        headers: { ...options.headers, host: "docker" },
      });
    }
    const target = { ...options, host: endpoint.host, port: endpoint.port };
    if (endpoint.tls === undefined) {
      return http.request(target);
    }
    const { verify, ...files } = endpoint.tls;
    return https.request({ ...target, ...files, rejectUnauthorized: verify });
  }

  async #exchange(request: http.ClientRequest): Promise<RawAnswer> {
    const timers = new Timers(request, this.#endpoint, this.#limits);
    try {
      const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
        request.once("response", resolve);
        request.on("error", reject);
        request.end();
      });
      const body = await this.#readBody(request, response);
      return { status: response.statusCode ?? 0, headers: response.headers, body };
    } catch (cause) {
      // Node tells a reader of the body only that it was aborted, not by which clock.
      throw timers.expired ?? cause;
    } finally {
      timers.stop();
    }
  }

  async #readBody(request: http.ClientRequest, response: http.IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > this.#limits.answerBytesMax) {
        request.destroy();
        throw new EngineError(
          "BODY_TOO_LARGE",
          `the engine at ${this.#endpoint.uri} answers with more than ${this.#limits.answerBytesMax} bytes: examine fewer containers at once`,
        );
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  }
}

/** The two clocks of a request. Both start when it gets a connection: waiting for a free one is not the engine's fault. */
class Timers {
  readonly #request: http.ClientRequest;
  readonly #uri: string;
  readonly #running: NodeJS.Timeout[] = [];
  /** Set when a clock has ended the request. */
  expired: EngineError | undefined;

  constructor(request: http.ClientRequest, endpoint: EngineEndpoint, limits: EngineLimits) {
    this.#request = request;
    this.#uri = endpoint.uri;
    request.once("socket", (socket) => {
      this.#start("answer", limits.answerMsMax);
      if (socket.connecting) {
        const connecting = this.#start("accept the connection", limits.connectMsMax);
        (socket as Duplex).once(isTls(endpoint) ? "secureConnect" : "connect", () => clearTimeout(connecting));
      }
    });
  }

  #start(what: string, ms: number): NodeJS.Timeout {
    const timer = setTimeout(() => {
      const message = `the engine at ${this.#uri} did not ${what} within ${ms} ms: is it overloaded, or is a firewall between?`;
      this.expired = new EngineError("UPSTREAM_TIMEOUT", message);
      this.#request.destroy(this.expired);
    }, ms);
    this.#running.push(timer);
    return timer;
  }

  stop(): void {
    for (const timer of this.#running) {
      clearTimeout(timer);
    }
  }
}

const isTls = (endpoint: EngineEndpoint): boolean => endpoint.kind === "tcp" && endpoint.tls !== undefined;
