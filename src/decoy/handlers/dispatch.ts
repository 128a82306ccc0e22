/** From a request to its answer: redirects, versions, handlers, refusals. */
import type { CaptureSink } from "../capture/index.ts";
import { cleanPath, type Request, type Response, utf8, withPath } from "../http/index.ts";
import type { Engine } from "../state/engine.ts";
import { EngineFault } from "../state/fault.ts";
import { encodeJson } from "../state/go-json.ts";
import { type Context, queryOf } from "./context.ts";
import { debugHandler } from "./debug.ts";
import { type Match, matchRoute } from "./routes.ts";
import type { Timing } from "./timing.ts";

export interface DispatchSettings {
  readonly engine: Engine;
  readonly sink: CaptureSink;
  readonly timing: Timing;
}

/** Compares versions as dockerd does: digits between dots, as numbers. */
function compareVersions(left: string, right: string): number {
  const parts = (text: string): number[] => text.split(".").map((part) => Number(part) || 0);
  const [first, second] = [parts(left), parts(right)];
  for (let index = 0; index < Math.max(first.length, second.length); index += 1) {
    const difference = (first[index] ?? 0) - (second[index] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

/** Up to this version of the API, errors are plain text. */
const LAST_TEXT_VERSION = "1.23";

/** Answers requests. The returned function never rejects, except for a fault of ours. */
export function dispatcher(settings: DispatchSettings): (request: Request, response: Response) => Promise<void> | void {
  return (request, response) => {
    const { url, method } = request.head;
    if (method === "OPTIONS" && request.head.target === "*") {
      response.header("Content-Length", "0");
      response.writeHead(200);
      return;
    }
    const clean = cleanPath(url.path);
    if (clean !== url.path) {
      response.header("Location", withPath(url, clean));
      response.writeHead(301);
      return;
    }
    const path = utf8(url.path);
    const match = matchRoute(method, path);
    if (match === undefined && !(settings.engine.api <= 41 && path.startsWith("/debug/"))) {
      notFound(response);
      return;
    }
    return serve(settings, request, response, path, match);
  };
}

function notFound(response: Response): void {
  response.header("Content-Type", "application/json");
  response.writeHead(404);
  response.write('{"message":"page not found"}\n');
}

async function serve(
  settings: DispatchSettings,
  request: Request,
  response: Response,
  path: string,
  match: Match | undefined,
): Promise<void> {
  const { engine, sink, timing } = settings;
  const { persona } = engine;
  const context: Context = {
    engine,
    sink,
    timing,
    request,
    response,
    version: match === undefined || match.version === "" ? persona.apiVersion : match.version,
    vars: match?.vars ?? {},
    query: queryOf(request, request.head.url.rawQuery),
  };
  response.header("Server", `Docker/${persona.version} (linux)`);
  response.header("Api-Version", persona.apiVersion);
  response.header("Ostype", "linux");
  engine.streams += 1;
  try {
    if (match === undefined) {
      response.header("Docker-Experimental", "false");
      if (!debugHandler(context, path)) {
        for (const name of ["Server", "Api-Version", "Ostype", "Docker-Experimental"]) {
          response.header(name, "");
        }
        notFound(response);
      }
      return;
    }
    checkVersion(context, match.version);
    response.header("Docker-Experimental", "false");
    await match.handler(context);
  } catch (error) {
    refuse(context, match?.version ?? "", error);
  } finally {
    engine.streams -= 1;
  }
}

function checkVersion(context: Context, version: string): void {
  const { persona } = context.engine;
  if (version === "") {
    return;
  }
  if (compareVersions(version, persona.minApiVersion) < 0) {
    throw new EngineFault(
      400,
      `client version ${version} is too old. Minimum supported API version is ${persona.minApiVersion}, please upgrade your client to a newer version`,
    );
  }
  if (compareVersions(version, persona.apiVersion) > 0) {
    throw new EngineFault(
      400,
      `client version ${version} is too new. Maximum supported API version is ${persona.apiVersion}`,
    );
  }
}

function refuse(context: Context, version: string, error: unknown): void {
  const { response, engine } = context;
  if (!(error instanceof EngineFault)) {
    engine.fault(error);
  }
  if (response.hijacked) {
    return;
  }
  const status = error instanceof EngineFault ? error.status : 500;
  const message = error instanceof EngineFault ? error.message : "context deadline exceeded";
  const asText = engine.api <= 43 && version !== "" && compareVersions(version, LAST_TEXT_VERSION) <= 0;
  if (asText) {
    response.header("Content-Type", "text/plain; charset=utf-8");
    response.header("X-Content-Type-Options", "nosniff");
  } else {
    response.header("Content-Type", "application/json");
  }
  response.writeHead(status);
  response.write(asText ? `${message}\n` : `${encodeJson({ message })}\n`);
}
