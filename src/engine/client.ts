import { invariant, quoteUntrusted } from "../base/index.ts";
import {
  type ContainerSummary,
  containersFrom,
  type EngineDocument,
  type EnginePing,
  recordFrom,
  type VolumeSummary,
  volumesFrom,
} from "./answers.ts";
import { negotiateApiVersion } from "./api-version.ts";
import type { EngineEndpoint } from "./endpoint-address.ts";
import { EngineError, type EngineErrorCode } from "./engine-error.ts";
import { ENGINE_LIMITS, type EngineLimits } from "./engine-limits.ts";
import { decodeGoText } from "./go-json-text.ts";
import { EngineTransport, type RawAnswer } from "./transport.ts";

/** Characters of an engine's own words that a message repeats. */
const ENGINE_MESSAGE_CHARACTERS_MAX = 300;

/**
 * Reads from an engine. There is no way to change anything through it: every request is a GET of a path that only
 * reads. Every method rejects with an {@link EngineError}.
 */
export interface EngineClient {
  readonly endpoint: EngineEndpoint;
  readonly ping: () => Promise<EnginePing>;
  /** The JSON at a path without its version, such as `/networks`. */
  readonly get: (path: string) => Promise<unknown>;
  readonly version: () => Promise<EngineDocument>;
  readonly info: () => Promise<EngineDocument>;
  /** Stopped ones too. */
  readonly containers: () => Promise<readonly ContainerSummary[]>;
  readonly inspectContainer: (id: string) => Promise<EngineDocument>;
  readonly inspectImage: (id: string) => Promise<EngineDocument>;
  readonly volumes: () => Promise<readonly VolumeSummary[]>;
  /** Closes the kept connections. */
  readonly close: () => void;
}

/** Makes a client. It connects when first asked for something, and asks for the API version then. */
export function createEngineClient(endpoint: EngineEndpoint, limits: EngineLimits = ENGINE_LIMITS): EngineClient {
  const reader = new EngineReader(endpoint, limits);
  const at = (path: string) => reader.document(path);
  return {
    endpoint,
    ping: () => reader.ping(),
    get: async (path) => parseAnswer(await reader.text(path), endpoint),
    version: () => at("/version"),
    info: () => at("/info"),
    containers: async () => containersFrom(parseAnswer(await reader.text("/containers/json?all=1"), endpoint)),
    inspectContainer: async (id) => at(`/containers/${segment(id)}/json`),
    inspectImage: async (id) => at(`/images/${segment(id)}/json`),
    volumes: async () => volumesFrom(parseAnswer(await reader.text("/volumes"), endpoint)),
    close: () => reader.close(),
  };
}

class EngineReader {
  readonly #endpoint: EngineEndpoint;
  readonly #transport: EngineTransport;
  #negotiated: Promise<EnginePing> | undefined;

  constructor(endpoint: EngineEndpoint, limits: EngineLimits) {
    this.#endpoint = endpoint;
    this.#transport = new EngineTransport(endpoint, limits);
  }

  async ping(): Promise<EnginePing> {
    const answer = await this.#transport.get("/_ping");
    refuseFailure(answer, "/_ping", this.#endpoint);
    const apiVersion = headerOf(answer, "api-version");
    const osType = headerOf(answer, "ostype");
    const server = headerOf(answer, "server");
    return {
      kind: headerOf(answer, "libpod-api-version") === undefined ? "docker" : "podman",
      negotiatedVersion: negotiateApiVersion(apiVersion),
      ...(apiVersion === undefined ? {} : { apiVersion }),
      ...(osType === undefined ? {} : { osType }),
      ...(server === undefined ? {} : { server }),
    };
  }

  async text(path: string): Promise<string> {
    invariant(/^\/[\w.~%:/?&=,+!'()*-]*$/.test(path), "a path of the API is plain ASCII and begins with a slash");
    const { negotiatedVersion } = await this.#negotiate();
    const answer = await this.#transport.get(`/v${negotiatedVersion}${path}`);
    refuseFailure(answer, path, this.#endpoint);
    return decodeGoText(answer.body).text;
  }

  async document(path: string): Promise<EngineDocument> {
    const text = await this.text(path);
    return { text, value: recordFrom(parseAnswer(text, this.#endpoint)) };
  }

  close(): void {
    this.#transport.close();
  }

  /** Asked once; asked again when it failed, since the engine may be there the next time. */
  #negotiate(): Promise<EnginePing> {
    this.#negotiated ??= this.ping().catch((cause) => {
      this.#negotiated = undefined;
      throw cause;
    });
    return this.#negotiated;
  }
}

function refuseFailure(answer: RawAnswer, path: string, endpoint: EngineEndpoint): void {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    return;
  }
  const said = messageOf(answer);
  throw new EngineError(
    codeForStatus(status),
    `the engine at ${endpoint.uri} answers ${status} to GET ${path}${said === "" ? "" : `: ${said}`}`,
  );
}

function codeForStatus(status: number): EngineErrorCode {
  switch (status) {
    case 404:
      return "NOT_FOUND";
    case 401:
    case 403:
      return "FORBIDDEN";
    default:
      // A redirect is never followed: it could lead to another host.
      return status >= 500 ? "ENGINE_FAILED" : status >= 400 ? "ENGINE_REFUSED" : "BAD_ANSWER";
  }
}

/** The `message` of an error of the API, or the beginning of whatever else was answered. */
function messageOf(answer: RawAnswer): string {
  const { text } = decodeGoText(answer.body.subarray(0, ENGINE_MESSAGE_CHARACTERS_MAX * 4));
  const message = /^\s*\{\s*"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text.trim();
  return quoteUntrusted(message, ENGINE_MESSAGE_CHARACTERS_MAX);
}

function parseAnswer(text: string, endpoint: EngineEndpoint): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EngineError("BAD_ANSWER", `what listens at ${endpoint.uri} does not answer in JSON: is it an engine?`, {
      cause,
    });
  }
}

function headerOf(answer: RawAnswer, name: string): string | undefined {
  const value = answer.headers[name];
  return typeof value === "string" ? value : undefined;
}

/** An id or a name as one part of a path, so that a slash or a point in it cannot lead elsewhere. */
function segment(id: string): string {
  if (id === "" || id === "." || id === "..") {
    throw new EngineError("NOT_FOUND", `${JSON.stringify(id)} names no object of an engine`);
  }
  return encodeURIComponent(id);
}
