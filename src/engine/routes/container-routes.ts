import {
  CHECKPOINT_CREATE,
  COMMIT,
  CONTAINER_CREATE,
  CONTAINER_START,
  CONTAINER_UPDATE,
  EXEC_CREATE,
  EXEC_START,
} from "./bodies.ts";
import { json, optionalJson, type Route, route, STREAM } from "./route.ts";

const ATTACH = {
  detachKeys: "string",
  logs: "bool",
  stream: "bool",
  stdin: "bool",
  stdout: "bool",
  stderr: "bool",
} as const;

const LOGS = {
  details: "bool",
  follow: "bool",
  stdout: "bool",
  stderr: "bool",
  since: "string",
  until: "string",
  timestamps: "bool",
  tail: "string",
} as const;

const RESIZE = { query: { h: "int", w: "int" } } as const;

/** Containers, execs and checkpoints. */
export const CONTAINER_ROUTES: readonly Route[] = [
  route("container.list", "GET /containers/json", "read", {
    query: {
      all: "bool",
      limit: "int",
      size: "bool",
      filters: "filters",
      since: "string",
      before: "string",
      trunc_cmd: "bool",
    },
  }),
  route("container.create", "POST /containers/create", "write-own", {
    query: { name: "string", platform: "string" },
    body: json(CONTAINER_CREATE),
  }),
  route("container.inspect", "GET /containers/{id}/json", "read-secret", { query: { size: "bool" } }),
  route("container.top", "GET /containers/{id}/top", "read", { query: { ps_args: "string" } }),
  route("container.logs", "GET /containers/{id}/logs", "read-secret", { query: LOGS }),
  route("container.changes", "GET /containers/{id}/changes", "read"),
  route("container.export", "GET /containers/{id}/export", "read-secret"),
  route("container.stats", "GET /containers/{id}/stats", "read", { query: { stream: "bool", "one-shot": "bool" } }),
  route("container.resize", "POST /containers/{id}/resize", "write-own", RESIZE),
  route("container.start", "POST /containers/{id}/start", "write-own", {
    query: { detachKeys: "string", checkpoint: "string", "checkpoint-dir": "string" },
    body: optionalJson(CONTAINER_START),
  }),
  route("container.stop", "POST /containers/{id}/stop", "write-own", { query: { t: "int", signal: "string" } }),
  route("container.restart", "POST /containers/{id}/restart", "write-own", { query: { t: "int", signal: "string" } }),
  route("container.kill", "POST /containers/{id}/kill", "write-own", { query: { signal: "string" } }),
  route("container.update", "POST /containers/{id}/update", "write-own", { body: json(CONTAINER_UPDATE) }),
  route("container.rename", "POST /containers/{id}/rename", "write-own", { query: { name: "string" } }),
  route("container.pause", "POST /containers/{id}/pause", "write-own"),
  route("container.unpause", "POST /containers/{id}/unpause", "write-own"),
  route("container.attach", "POST /containers/{id}/attach", "write-own", { query: ATTACH, hijack: "stream" }),
  route("container.attach-ws", "GET /containers/{id}/attach/ws", "write-own", { query: ATTACH, hijack: "upgrade" }),
  route("container.wait", "POST /containers/{id}/wait", "read", { query: { condition: "string" } }),
  route("container.remove", "DELETE /containers/{id}", "write-own", {
    query: { v: "bool", force: "bool", link: "bool" },
  }),
  route("container.archive-head", "HEAD /containers/{id}/archive", "read-secret", { query: { path: "string" } }),
  route("container.archive-get", "GET /containers/{id}/archive", "read-secret", { query: { path: "string" } }),
  route("container.archive-put", "PUT /containers/{id}/archive", "write-own", {
    query: { path: "string", noOverwriteDirNonDir: "bool", copyUIDGID: "bool" },
    body: STREAM,
  }),
  route("container.copy", "POST /containers/{id}/copy", "read-secret", { until: "1.24" }),
  route("container.prune", "POST /containers/prune", "write-own", { since: "1.25", query: { filters: "filters" } }),
  route("container.commit", "POST /commit", "write-own", {
    query: {
      container: "string",
      repo: "string",
      tag: "string",
      comment: "string",
      author: "string",
      pause: "bool",
      changes: "strings",
    },
    body: optionalJson(COMMIT),
  }),
  route("exec.create", "POST /containers/{id}/exec", "write-own", { body: json(EXEC_CREATE) }),
  route("exec.start", "POST /exec/{id}/start", "write-own", { body: json(EXEC_START), hijack: "stream" }),
  route("exec.resize", "POST /exec/{id}/resize", "write-own", RESIZE),
  route("exec.inspect", "GET /exec/{id}/json", "read"),
  route("checkpoint.list", "GET /containers/{id}/checkpoints", "host-equivalent", {
    since: "1.25",
    query: { dir: "string" },
  }),
  route("checkpoint.create", "POST /containers/{id}/checkpoints", "host-equivalent", {
    since: "1.25",
    body: json(CHECKPOINT_CREATE),
  }),
  route("checkpoint.delete", "DELETE /containers/{id}/checkpoints/{checkpoint}", "host-equivalent", {
    since: "1.25",
    query: { dir: "string" },
  }),
];
