import { AUTH } from "./bodies.ts";
import { json, type Route, route } from "./route.ts";

/** The engine itself. */
export const SYSTEM_ROUTES: readonly Route[] = [
  route("system.ping", "GET /_ping", "read"),
  route("system.ping-head", "HEAD /_ping", "read"),
  route("system.version", "GET /version", "read"),
  route("system.info", "GET /info", "read"),
  route("system.df", "GET /system/df", "read", { query: { type: "strings", verbose: "bool" } }),
  route("system.events", "GET /events", "read", { query: { since: "string", until: "string", filters: "filters" } }),
  route("system.auth", "POST /auth", "write-own", { body: json(AUTH) }),
  route("build.session", "POST /session", "tunnel", { since: "1.31", hijack: "upgrade" }),
  route("build.grpc", "POST /grpc", "tunnel", { since: "1.39", hijack: "upgrade" }),
];
