import { NETWORK_CONNECT, NETWORK_CREATE, NETWORK_DISCONNECT, VOLUME_CREATE, VOLUME_UPDATE } from "./bodies.ts";
import { json, type Route, route } from "./route.ts";

/** Networks and volumes. */
export const NETWORK_AND_VOLUME_ROUTES: readonly Route[] = [
  route("network.list", "GET /networks", "read", { query: { filters: "filters" } }),
  route("network.inspect", "GET /networks/{id}", "read", { query: { verbose: "bool", scope: "string" } }),
  route("network.create", "POST /networks/create", "write-own", { body: json(NETWORK_CREATE) }),
  route("network.connect", "POST /networks/{id}/connect", "write-own", { body: json(NETWORK_CONNECT) }),
  route("network.disconnect", "POST /networks/{id}/disconnect", "write-own", { body: json(NETWORK_DISCONNECT) }),
  route("network.remove", "DELETE /networks/{id}", "write-own"),
  route("network.prune", "POST /networks/prune", "write-own", { since: "1.25", query: { filters: "filters" } }),
  route("volume.list", "GET /volumes", "read", { query: { filters: "filters" } }),
  route("volume.inspect", "GET /volumes/{name}", "read"),
  route("volume.create", "POST /volumes/create", "write-own", { body: json(VOLUME_CREATE) }),
  route("volume.update", "PUT /volumes/{name}", "host-equivalent", {
    since: "1.42",
    query: { version: "int" },
    body: json(VOLUME_UPDATE),
  }),
  route("volume.remove", "DELETE /volumes/{name}", "write-own", { query: { force: "bool" } }),
  route("volume.prune", "POST /volumes/prune", "write-own", { since: "1.25", query: { filters: "filters" } }),
];
