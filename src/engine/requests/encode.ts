import { CREATE_REQUEST } from "../create-body.ts";
import type { GoType } from "../go-type.ts";
import type { DecodedRequest } from "./decode.ts";
import type { QueryValue } from "./query.ts";
import { writeGo } from "./write-go.ts";

/** A request written by us from what we understood. */
export interface EncodedRequest {
  readonly method: string;
  /** Path in its canonical form, and query. */
  readonly target: string;
  /** Only headers that mean something to the engine. Framing (Host, Content-Length) is the sender's. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Absent: no body, or a stream that is passed on. */
  readonly body?: Uint8Array;
}

const encoder = new TextEncoder();

/** Writes a request anew: nothing in it is the client's bytes but values that were understood. */
export function encodeRequest(request: DecodedRequest): EncodedRequest {
  const { route, headers } = request;
  const body = bodyText(request);
  return {
    method: route.method,
    target: encodeTarget(request),
    headers: [
      ...headers.passedOn,
      ...(body === undefined ? streamType(request) : [["Content-Type", "application/json"] as const]),
      ...upgradeHeaders(request),
    ],
    ...(body !== undefined && { body: encoder.encode(body) }),
  };
}

/** The type that the body is written in: that of create has no flat fields any more. */
const writtenType = ({ route }: DecodedRequest): GoType | undefined =>
  route.id === "container.create" ? CREATE_REQUEST : route.body.kind === "json" ? route.body.type : undefined;

/** The body as text; absent where the request has none. */
export function bodyText(request: DecodedRequest): string | undefined {
  const type = writtenType(request);
  return type === undefined || request.body === undefined ? undefined : writeGo(type, request.body);
}

function streamType({ route, headers }: DecodedRequest): readonly (readonly [string, string])[] {
  return route.body.kind === "stream" && headers.announcesBody ? [["Content-Type", "application/x-tar"]] : [];
}

function upgradeHeaders({ headers }: DecodedRequest): readonly (readonly [string, string])[] {
  return headers.wantsUpgrade
    ? [
        ["Connection", "Upgrade"],
        ["Upgrade", headers.upgrade ?? "tcp"],
      ]
    : [];
}

/** Path and query in their canonical form. */
export function encodeTarget({ route, version, path, query }: DecodedRequest): string {
  const prefix = version === undefined ? "" : `/v${version}`;
  const filled = route.path.replace(/\{(\w+)\*?\}/g, (_, name: string) =>
    (path[name] ?? "").split("/").map(encodeSegment).join("/"),
  );
  const parameters = [...query].flatMap(([name, value]) =>
    texts(value).map((text) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`),
  );
  return `${prefix}${filled}${parameters.length > 0 ? `?${parameters.join("&")}` : ""}`;
}

/** Letters that names of images hold stand as they are. */
const encodeSegment = (segment: string): string =>
  encodeURIComponent(segment).replaceAll("%3A", ":").replaceAll("%40", "@").replaceAll("%2B", "+");

function texts(value: QueryValue): readonly string[] {
  switch (value.kind) {
    case "bool":
      return [value.value ? "1" : "0"];
    case "int":
    case "string":
    case "json":
      return [value.value];
    case "strings":
      return value.values;
    case "filters":
      return [JSON.stringify(Object.fromEntries(value.filters))];
  }
}
