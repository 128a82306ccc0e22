import type { GoType } from "../go-type.ts";

/**
 * What a route hands out, before its body is looked at:
 *
 * - `read`: says what there is;
 * - `read-secret`: may show secrets or file contents (environments, logs, archives, tokens);
 * - `write-own`: makes or changes one object, and is as dangerous as that object;
 * - `host-equivalent`: changes the engine or the host itself; whoever may call it has the host;
 * - `tunnel`: opens a stream whose content nobody judges.
 */
export type RouteClass = "read" | "read-secret" | "write-own" | "host-equivalent" | "tunnel";

/** How the value of a query parameter is read. `json`: data that is not looked into here (build arguments, filters). */
export type ParameterKind = "bool" | "int" | "string" | "strings" | "filters" | "json";

/** The body that a route takes. */
export type RouteBody =
  | { readonly kind: "none" }
  /** A JSON value of a Go type. `optional`: the engine takes the request without one. */
  | { readonly kind: "json"; readonly type: GoType; readonly optional: boolean }
  /** Bytes that are passed on: a tar archive. */
  | { readonly kind: "stream" };

/** Whether a route takes the connection over. `upgrade`: a WebSocket or HTTP/2 handshake. */
export type Hijack = "never" | "stream" | "upgrade";

/** One route of the Engine API: facts from its description (API 1.24 to 1.55) and from moby's router. */
export interface Route {
  /** Stable: `container.create`. */
  readonly id: string;
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
  /** Without a version. `{id}` is one segment, `{name*}` one or more. */
  readonly path: string;
  readonly class: RouteClass;
  /** First API version; 1.24 stands for 1.24 and older. */
  readonly since: string;
  /** Last API version. Absent: still there. */
  readonly until?: string;
  readonly query: Readonly<Record<string, ParameterKind>>;
  readonly body: RouteBody;
  readonly hijack: Hijack;
  /** The API that has it: Docker's, or only Podman's own. */
  readonly api: "docker" | "libpod";
}

/** Declares a route; what is not said is the ordinary case: from the beginning, no query, no body, no hijack. */
export function route(
  id: string,
  line: string,
  routeClass: RouteClass,
  rest: Partial<Pick<Route, "since" | "until" | "query" | "body" | "hijack" | "api">> = {},
): Route {
  const space = line.indexOf(" ");
  return {
    id,
    method: line.slice(0, space) as Route["method"],
    path: line.slice(space + 1),
    class: routeClass,
    since: "1.24",
    query: {},
    body: { kind: "none" },
    hijack: "never",
    api: "docker",
    ...rest,
  };
}

/** A JSON body that must be there. */
export const json = (type: GoType): RouteBody => ({ kind: "json", type, optional: false });

/** A JSON body that may be left out. */
export const optionalJson = (type: GoType): RouteBody => ({ kind: "json", type, optional: true });

/** Bytes that are passed on. */
export const STREAM: RouteBody = { kind: "stream" };
