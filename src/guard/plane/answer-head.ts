import type { IncomingMessage } from "node:http";

/** Headers of one hop: they are about the connection to the engine, not about the answer. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Headers in which an engine says what it is. Refusals carry them too, so that clients take them for an engine's. */
const IDENTITY: ReadonlySet<string> = new Set(["api-version", "docker-experimental", "ostype", "server"]);

/** Name, value, name, value, … as `http.ServerResponse.writeHead` takes them. */
export type FlatHeaders = string[];

/** The headers of an engine's answer that go to the client, in their order and spelling. */
export function relayedHeaders(answer: IncomingMessage, omitted: ReadonlySet<string> = new Set()): FlatHeaders {
  const raw = answer.rawHeaders;
  const named = connectionNames(answer);
  const kept: FlatHeaders = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] as string;
    const lower = name.toLowerCase();
    if (!HOP_BY_HOP.has(lower) && !omitted.has(lower) && named?.has(lower) !== true) {
      kept.push(name, raw[index + 1] as string);
    }
  }
  return kept;
}

/** Headers that the answer's own `Connection` header declares to be of this hop. */
function connectionNames(answer: IncomingMessage): ReadonlySet<string> | undefined {
  const { connection } = answer.headers;
  if (connection === undefined || connection === "close" || connection === "keep-alive") {
    return undefined;
  }
  return new Set(connection.split(",").map((name) => name.trim().toLowerCase()));
}

/** What the engine last said of itself. */
export class EngineIdentity {
  #headers: FlatHeaders = [];
  #from: string | undefined;

  /** Remembers the identity headers of an answer. */
  learn(answer: IncomingMessage): void {
    const { server } = answer.headers;
    const key = `${server} ${String(answer.headers["api-version"])}`;
    if (server === undefined || key === this.#from) {
      return;
    }
    this.#from = key;
    const raw = answer.rawHeaders;
    this.#headers = [];
    for (let index = 0; index + 1 < raw.length; index += 2) {
      if (IDENTITY.has((raw[index] as string).toLowerCase())) {
        this.#headers.push(raw[index] as string, raw[index + 1] as string);
      }
    }
  }

  get headers(): readonly string[] {
    return this.#headers;
  }
}
