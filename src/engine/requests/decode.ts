import { effectiveHostConfig } from "../effective-host-config.ts";
import type { Anomaly } from "../go-anomalies.ts";
import type { GoStruct, GoValue } from "../go-value.ts";
import type { Route } from "../routes/index.ts";
import { decodeBody } from "./body.ts";
import { type DecodedHeaders, decodeHeaders } from "./headers.ts";
import { decodeQuery, type QueryValue } from "./query.ts";
import type { ReceivedRequest } from "./received-request.ts";
import { type DecodeRefusal, Refused } from "./refusal.ts";
import { decodeTarget } from "./target.ts";

/** A request, understood as the engine would understand it. Everything that is forwarded is written from this. */
export interface DecodedRequest {
  readonly route: Route;
  /** `1.41`; absent where the path names none: the engine then takes its newest. */
  readonly version: string | undefined;
  /** Names in the path, decoded: `{ id: "web" }`. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: ReadonlyMap<string, QueryValue>;
  /** Parameters that the route does not have. Not forwarded. */
  readonly dropped: readonly string[];
  readonly headers: DecodedHeaders;
  /**
   * The JSON body as the engine would hold it. For container create, fields that stood at the top are where an engine up
   * to 26 takes them: in `HostConfig`. Absent: none.
   */
  readonly body: GoValue | undefined;
  /** Oddities of the body's text that a strict policy refuses. The engine takes them, and none is forwarded. */
  readonly anomalies: readonly Anomaly[];
  /** A body came on a route that takes none. Not forwarded. */
  readonly bodyIgnored: boolean;
}

/** A decoded request, or why there is none. */
export type DecodeResult =
  | { readonly ok: true; readonly request: DecodedRequest }
  | { readonly ok: false; readonly refusal: DecodeRefusal };

/** Understands a request. Never throws, whatever the bytes. */
export function decodeRequest(received: ReceivedRequest): DecodeResult {
  try {
    const { rawQuery, route, version, path } = decodeTarget(received.method, received.target);
    const { query, dropped } = route.api === "libpod" ? NO_QUERY : decodeQuery(route, rawQuery);
    const headers = decodeHeaders(received, route);
    const { value, anomalies, ignored } = decodeBody(route, headers, received.body);
    const body = route.id === "container.create" && value?.kind === "struct" ? nested(value) : value;
    return {
      ok: true,
      request: { route, version, path, query, dropped, headers, body, anomalies, bodyIgnored: ignored },
    };
  } catch (error) {
    if (error instanceof Refused) {
      return { ok: false, refusal: error.refusal };
    }
    throw error;
  }
}

const NO_QUERY = { query: new Map<string, QueryValue>(), dropped: [] };

/** The body with the HostConfig that counts, and without the fields that stood beside it. */
function nested(body: GoStruct): GoStruct {
  const { hostConfig, obeyedByOldEngines, ignored } = effectiveHostConfig(body);
  if (obeyedByOldEngines.length === 0 && ignored.length === 0) {
    return body;
  }
  const flat = new Set([...obeyedByOldEngines, ...ignored].map(({ name }) => name));
  const fields = new Map([...body.fields].filter(([name]) => !flat.has(name)));
  if (hostConfig !== undefined) {
    fields.set("HostConfig", hostConfig);
  }
  return { kind: "struct", fields, at: body.at };
}
