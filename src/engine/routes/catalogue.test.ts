import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compareApiVersions } from "../api-version.ts";
import { findRoute, ROUTES } from "./catalogue.ts";

test("ids are unique, and every route finds itself", () => {
  assert.equal(new Set(ROUTES.map(({ id }) => id)).size, ROUTES.length);
  for (const route of ROUTES) {
    const path = route.path.replace(/\{\w+\*\}/g, "a/b").replace(/\{\w+\}/g, "x1");
    assert.equal(findRoute(route.method, path.slice(1).split("/"))?.route.id, route.id, path);
  }
});

for (const [method, path, id, names] of [
  ["GET", "containers/json", "container.list", {}],
  ["GET", "containers/json/json", "container.inspect", { id: "json" }],
  ["GET", "images/docker.io/library/nginx:1/json", "image.inspect", { name: "docker.io/library/nginx:1" }],
  ["POST", "images/a/push/push", "image.push", { name: "a/push" }],
  ["DELETE", "images/a/b@sha256:1", "image.remove", { name: "a/b@sha256:1" }],
  ["GET", "images/get", "image.save-many", {}],
  ["GET", "images/x/get", "image.save", { name: "x" }],
  ["POST", "plugins/vieux/sshfs:latest/enable", "plugin.enable", { name: "vieux/sshfs:latest" }],
  ["POST", "libpod/containers/create", "libpod.post", { path: "containers/create" }],
] as const) {
  test(`${method} /${path} is ${id}`, () => {
    const matched = findRoute(method, path.split("/"));
    assert.equal(matched?.route.id, id);
    assert.deepEqual({ ...matched?.path }, names);
  });
}

for (const [method, path] of [
  ["GET", "containers"],
  ["GET", "debug/vars"],
  ["PATCH", "containers/json"],
  ["GET", "containers//json"],
  ["POST", "containers/x/y/start"],
  ["GET", "images//json"],
] as const) {
  test(`${method} /${path} is no route`, () => {
    assert.equal(findRoute(method, path.split("/")), undefined);
  });
}

const DESCRIPTIONS = join(import.meta.dirname, "../../../../shared/engine-api");

/** What a published description says of one operation. */
interface Operation {
  readonly path: string;
  readonly method: string;
  readonly query: readonly string[];
}

/** Reads operations by their lines: the whole texts hold what a strict parser of YAML refuses. */
function operationsOf(text: string): readonly Operation[] {
  const operations: { path: string; method: string; query: string[] }[] = [];
  let path = "";
  for (const item of text.slice(text.search(/^paths:$/m)).split(/\n(?= {2}\S| {4}\w+:\n| {8}- )/)) {
    path = /^ {2}"?(\/[^":]*)"?:/.exec(item)?.[1] ?? path;
    const method = /^ {4}(get|head|post|put|delete):$/m.exec(item)?.[1];
    if (method !== undefined) {
      operations.push({ path, method: method.toUpperCase(), query: [] });
    }
    const name = /^ {8}(?:- | {2})name: "?([\w-]+)"?$/m.exec(item)?.[1];
    if (name !== undefined && /^ {8}(?:- | {2})in: "?query"?$/m.test(item)) {
      operations.at(-1)?.query.push(name);
    }
  }
  return operations;
}

test("every route and parameter of the published descriptions is in the catalogue, in the right versions", {
  skip: !existsSync(DESCRIPTIONS) && "../shared/engine-api is not here",
}, () => {
  const files = readdirSync(DESCRIPTIONS).filter((file) => file.endsWith(".yaml"));
  assert.ok(files.length > 0);
  for (const file of files) {
    const version = file.slice(1, -".yaml".length);
    const operations = operationsOf(readFileSync(join(DESCRIPTIONS, file), "utf8"));
    assert.ok(operations.length > 80, `${file}: ${operations.length} operations`);
    assert.ok(operations.flatMap(({ query }) => query).length > 90, file);
    for (const { path, method, query } of operations) {
      const line = `${version} ${method} ${path}`;
      const route = findRoute(
        method,
        path
          .slice(1)
          .replace(/\{\w+\}/g, "x1")
          .split("/"),
      )?.route;
      assert.ok(route, line);
      assert.ok(compareApiVersions(route.since, version) <= 0, `${line}: since ${route.since}`);
      assert.ok(route.until === undefined || compareApiVersions(route.until, version) >= 0, `${line}: until`);
      for (const name of query) {
        assert.ok(Object.hasOwn(route.query, name), `${line}: ${name}`);
      }
    }
  }
});
