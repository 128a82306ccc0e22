import {
  CONFIG_SPEC,
  NODE_SPEC,
  PLUGIN_PRIVILEGES,
  PLUGIN_SETTINGS,
  SECRET_SPEC,
  SERVICE_SPEC,
  SWARM_INIT,
  SWARM_JOIN,
  SWARM_SPEC,
  SWARM_UNLOCK,
} from "./bodies.ts";
import { json, optionalJson, type Route, route, STREAM } from "./route.ts";

const LOGS = {
  details: "bool",
  follow: "bool",
  stdout: "bool",
  stderr: "bool",
  since: "string",
  timestamps: "bool",
  tail: "string",
} as const;

const FILTERS = { query: { filters: "filters" } } as const;

/** The swarm and plugins: whoever may change them has every host of the cluster. */
export const SWARM_AND_PLUGIN_ROUTES: readonly Route[] = [
  route("swarm.inspect", "GET /swarm", "read-secret"),
  route("swarm.unlock-key", "GET /swarm/unlockkey", "read-secret"),
  route("swarm.init", "POST /swarm/init", "host-equivalent", { body: json(SWARM_INIT) }),
  route("swarm.join", "POST /swarm/join", "host-equivalent", { body: json(SWARM_JOIN) }),
  route("swarm.leave", "POST /swarm/leave", "host-equivalent", { query: { force: "bool" } }),
  route("swarm.update", "POST /swarm/update", "host-equivalent", {
    query: {
      version: "int",
      rotateWorkerToken: "bool",
      rotateManagerToken: "bool",
      rotateManagerUnlockKey: "bool",
    },
    body: json(SWARM_SPEC),
  }),
  route("swarm.unlock", "POST /swarm/unlock", "host-equivalent", { body: json(SWARM_UNLOCK) }),
  route("node.list", "GET /nodes", "read", FILTERS),
  route("node.inspect", "GET /nodes/{id}", "read"),
  route("node.remove", "DELETE /nodes/{id}", "host-equivalent", { query: { force: "bool" } }),
  route("node.update", "POST /nodes/{id}/update", "host-equivalent", {
    query: { version: "int" },
    body: json(NODE_SPEC),
  }),
  route("service.list", "GET /services", "read-secret", { query: { filters: "filters", status: "bool" } }),
  route("service.inspect", "GET /services/{id}", "read-secret", { query: { insertDefaults: "bool" } }),
  route("service.create", "POST /services/create", "host-equivalent", { body: json(SERVICE_SPEC) }),
  route("service.update", "POST /services/{id}/update", "host-equivalent", {
    query: { version: "int", registryAuthFrom: "string", rollback: "string" },
    body: json(SERVICE_SPEC),
  }),
  route("service.remove", "DELETE /services/{id}", "host-equivalent"),
  route("service.logs", "GET /services/{id}/logs", "read-secret", { query: LOGS }),
  route("task.list", "GET /tasks", "read-secret", FILTERS),
  route("task.inspect", "GET /tasks/{id}", "read-secret"),
  route("task.logs", "GET /tasks/{id}/logs", "read-secret", { since: "1.29", query: LOGS }),
  route("secret.list", "GET /secrets", "read", { since: "1.25", ...FILTERS }),
  route("secret.create", "POST /secrets/create", "host-equivalent", { since: "1.25", body: json(SECRET_SPEC) }),
  route("secret.inspect", "GET /secrets/{id}", "read", { since: "1.25" }),
  route("secret.remove", "DELETE /secrets/{id}", "host-equivalent", { since: "1.25" }),
  route("secret.update", "POST /secrets/{id}/update", "host-equivalent", {
    since: "1.26",
    query: { version: "int" },
    body: json(SECRET_SPEC),
  }),
  route("config.list", "GET /configs", "read-secret", { since: "1.30", ...FILTERS }),
  route("config.create", "POST /configs/create", "host-equivalent", { since: "1.30", body: json(CONFIG_SPEC) }),
  route("config.inspect", "GET /configs/{id}", "read-secret", { since: "1.30" }),
  route("config.remove", "DELETE /configs/{id}", "host-equivalent", { since: "1.30" }),
  route("config.update", "POST /configs/{id}/update", "host-equivalent", {
    since: "1.30",
    query: { version: "int" },
    body: json(CONFIG_SPEC),
  }),
  route("plugin.list", "GET /plugins", "read", { since: "1.25", ...FILTERS }),
  route("plugin.privileges", "GET /plugins/privileges", "read-secret", {
    since: "1.25",
    query: { remote: "string", name: "string" },
  }),
  route("plugin.pull", "POST /plugins/pull", "host-equivalent", {
    since: "1.25",
    query: { remote: "string", name: "string" },
    body: optionalJson(PLUGIN_PRIVILEGES),
  }),
  route("plugin.create", "POST /plugins/create", "host-equivalent", {
    since: "1.25",
    query: { name: "string" },
    body: STREAM,
  }),
  route("plugin.inspect", "GET /plugins/{name*}/json", "read-secret", { since: "1.25" }),
  route("plugin.enable", "POST /plugins/{name*}/enable", "host-equivalent", {
    since: "1.25",
    query: { timeout: "int" },
  }),
  route("plugin.disable", "POST /plugins/{name*}/disable", "host-equivalent", {
    since: "1.25",
    query: { force: "bool" },
  }),
  route("plugin.upgrade", "POST /plugins/{name*}/upgrade", "host-equivalent", {
    since: "1.26",
    query: { remote: "string" },
    body: optionalJson(PLUGIN_PRIVILEGES),
  }),
  route("plugin.push", "POST /plugins/{name*}/push", "host-equivalent", { since: "1.25" }),
  route("plugin.set", "POST /plugins/{name*}/set", "host-equivalent", {
    since: "1.25",
    body: optionalJson(PLUGIN_SETTINGS),
  }),
  route("plugin.remove", "DELETE /plugins/{name*}", "host-equivalent", { since: "1.25", query: { force: "bool" } }),
];
